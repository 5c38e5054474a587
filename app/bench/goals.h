#pragma once

#include <string>
#include <vector>

#include "app/bench/summary.h"

namespace rondo {

// What is promised of a cell: that one of its values is at least so much or, where there are
// others, so many times the best of theirs in the same round.
struct Goal {
  std::string what{};
  std::string cell{};
  std::vector<std::string> others{};  // empty = an absolute goal
  std::string value = "tokens_per_second";
  double at_least = 1;
};

const std::vector<Goal>& goals();

enum class Verdict { met, missed, unmeasured };
struct Judgement {
  Goal goal{};
  Middle reached{};  // over the rounds; the median is judged
  Verdict verdict = Verdict::unmeasured;
};
std::vector<Judgement> judged(const Summary& summary, const std::vector<Goal>& goals);

// "met     gnmt in fp32 against OpenNMT-py's input feeding: 1.62 (1.58 to 1.66), goal 1.5".
std::string to_text(const Judgement& judgement);
std::string name_of(Verdict verdict);

}  // namespace rondo
