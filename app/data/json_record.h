#pragma once

#include "app/data/record_reader.h"

namespace rondo {

// Fills text, label and weight, as far as they are asked for, from the JSON object that record.raw
// is, or error.
void take_json_apart(const RecordOptions& options, const RecordNeeds& needs, Record& record);

}  // namespace rondo
