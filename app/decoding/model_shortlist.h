#pragma once

#include <optional>

#include "app/decoding/shortlist.h"
#include "app/storage/model_file.h"

namespace rondo {

// The options.table that means the one in the model file.
inline constexpr const char* kShortlistInModel = "model";

// The shortlist that the options ask for; empty where they ask for none. Throws ConfigError where
// the model holds none, DataError for a file that does not fit the model.
std::optional<Shortlist> model_shortlist(const TranslationModel& model,
                                         const ShortlistOptions& options);

}  // namespace rondo
