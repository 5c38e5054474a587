#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/decoding/explanation.h"
#include "app/report/heat_map.h"

// Several explanations of one answer beside one another. Torch-free.
namespace rondo {

// How alike two methods order the words: Spearman's rank correlation of their weights. Attention
// has no sign, so that beside it the other's sizes count.
struct MethodAgreement {
  ExplainMethod first = ExplainMethod::integrated, second = ExplainMethod::integrated;
  double correlation = 0;  // in [-1, 1]; not a number where a method gives all words one weight
};

// explanations: of one text by different methods.
std::vector<MethodAgreement> agreements_of(std::span<const Explanation> explanations);

// The mean over all pairs that have a number; not a number where none has.
double mean_agreement(std::span<const MethodAgreement> agreements);

// One sentence: how far they agree, and what to make of it.
std::string verdict_on(std::span<const MethodAgreement> agreements, std::size_t words);

// A row a word, a column a method, each method's weights in relation to its own largest by size.
HeatMap method_map(std::span<const Explanation> explanations);

}  // namespace rondo
