#include "app/bench/goals.h"

#include <cmath>
#include <cstdio>

namespace rondo {
namespace {

std::string training(const std::string& row_and_label) { return "training/" + row_and_label; }

std::vector<Goal> training_goals() {
  const std::string opennmt = training("luong, input feeding/opennmt fp32");
  const std::string gnmt = training("gnmt/rondo "), wide = training("512 a direction/");
  const std::vector<std::string> marian{wide + "marian lstm", wide + "marian gru"};
  return {
      {"luong with input feeding, fp32, against OpenNMT-py's",
       training("luong, input feeding/rondo fp32"),
       {opennmt},
       "tokens_per_second",
       1.2},
      {"gnmt, fp32, against OpenNMT-py", gnmt + "fp32", {opennmt}, "tokens_per_second", 1.5},
      {"gnmt, bf16, against OpenNMT-py", gnmt + "bf16", {opennmt}, "tokens_per_second", 2.5},
      {"gnmt, 512 a direction, fp32, against Marian", wide + "rondo fp32", marian,
       "tokens_per_second", 2.5},
      {"gnmt, 512 a direction, bf16, against Marian", wide + "rondo bf16", marian,
       "tokens_per_second", 4},
      {"gnmt, 512 a direction, fp32, against JoeyNMT",
       wide + "rondo fp32",
       {wide + "joeynmt lstm"},
       "tokens_per_second",
       2.5},
      {"gnmt, 512 a direction, bf16, against JoeyNMT",
       wide + "rondo bf16",
       {wide + "joeynmt lstm"},
       "tokens_per_second",
       4},
      {"gnmt, fp32, against the same in PyTorch",
       gnmt + "fp32",
       {training("gnmt/pytorch fp32")},
       "tokens_per_second",
       1.15},
      {"share of the machine's matrix product, fp32",
       training("speed.yaml/rondo fp32"),
       {},
       "share",
       0.75},
      {"share of the machine's matrix product, bf16",
       training("speed.yaml/rondo bf16"),
       {},
       "share",
       0.6},
      {"GRU against LSTM, fp32",
       training("gnmt, GRU/rondo fp32"),
       {gnmt + "fp32"},
       "tokens_per_second",
       1.1},
  };
}

// In each row of translating, against the fastest of the others.
std::vector<Goal> translating_goals() {
  std::vector<Goal> all;
  for (const char* batch : {"64 at once", "one by one"}) {
    for (const char* search : {"beam 5", "greedy"}) {
      const std::string row = std::string("translating/") + search + ", " + batch + "/";
      all.push_back({std::string("translating, ") + search + ", " + batch +
                         ", fp32, against the fastest of the others",
                     row + "rondo fp32",
                     {row + "opennmt fp32", row + "marian fp32", row + "joeynmt fp32"},
                     "tokens_per_second",
                     2});
    }
  }
  return all;
}

Judgement judge(const Summary& summary, const Goal& goal) {
  Judgement judgement{.goal = goal};
  judgement.reached = goal.others.empty() ? summary.value(goal.cell, goal.value)
                                          : summary.ratio(goal.cell, goal.others, goal.value);
  if (std::isfinite(judgement.reached.median)) {
    judgement.verdict = judgement.reached.median >= goal.at_least ? Verdict::met : Verdict::missed;
  }
  return judgement;
}

}  // namespace

const std::vector<Goal>& goals() {
  static const std::vector<Goal> all = [] {
    std::vector<Goal> list = training_goals();
    for (Goal& goal : translating_goals()) list.push_back(std::move(goal));
    return list;
  }();
  return all;
}

std::vector<Judgement> judged(const Summary& summary, const std::vector<Goal>& goals) {
  std::vector<Judgement> all;
  for (const Goal& goal : goals) all.push_back(judge(summary, goal));
  return all;
}

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::missed:
      return "missed";
    default:
      return "not measured";
  }
}

std::string to_text(const Judgement& judgement) {
  const Goal& goal = judgement.goal;
  char numbers[96];
  if (judgement.verdict == Verdict::unmeasured) {
    std::snprintf(numbers, sizeof numbers, "goal %g", goal.at_least);
  } else {
    std::snprintf(numbers, sizeof numbers, "%.2f (%.2f to %.2f), goal %g", judgement.reached.median,
                  judgement.reached.low, judgement.reached.high, goal.at_least);
  }
  std::string verdict = name_of(judgement.verdict);
  verdict.resize(14, ' ');
  return verdict + goal.what + ": " + numbers;
}

}  // namespace rondo
