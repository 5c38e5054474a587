#pragma once

#include <string>

#include "app/decoding/ready_model.h"
#include "app/decoding/translator.h"

namespace rondo {

// The given target as if the model had written it: what each of its pieces, </s> last, would have
// looked at in the source, and how likely it was. The source is read whole, however long.
Translation forced_translation(const ReadyModel& ready, const std::string& source,
                               const std::string& target);

}  // namespace rondo
