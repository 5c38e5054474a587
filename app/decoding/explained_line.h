#pragma once

#include <string>

#include "app/decoding/explanation.h"
#include "app/decoding/options.h"
#include "app/decoding/scored.h"

namespace rondo {

struct SentimentModel;

// Explains one line's answer. What is explained is the logit of the label that was decided; of
// several or no labels (multi_label) that of the likeliest; of ordinal labels the mean of all
// logits, so that a weight above 0 speaks for a higher label; of a value the value. The weights of
// a text read in windows are the windows' by their shares. The network must be in evaluation mode.
Explanation explain_line(SentimentModel& model, const std::string& line, const Scored& scored,
                         ExplainMethod method, const ScoringOptions& scoring);

}  // namespace rondo
