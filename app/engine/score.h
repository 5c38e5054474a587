#pragma once

#include <string>
#include <vector>

#include "app/decoding/pair_scorer.h"

namespace rondo {

struct ScoreArguments {
  std::vector<std::string> inputs;  // models, then source and target
  bool json = false, tokens = false;
  std::string shortlist;  // refused
  PairScorerOptions options;
};

// The log-probability of given translations.
void run_score(const ScoreArguments& arguments);

}  // namespace rondo
