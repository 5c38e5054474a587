#include "app/training/checkpoint_comparison.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace rondo {
namespace {

struct Kind {
  std::string_view prefix;  // of tensor names
  std::string_view name;
};

// What begins with none of them is a weight.
constexpr auto kKinds = std::to_array<Kind>({{"optimizer.", "optimizer"},
                                             {"average.", "averaged weights"},
                                             {"random.", "random states"},
                                             {"guard.", "gradient guard"},
                                             {"window.", "losses since the last log line"},
                                             {"skipped.", "skipped updates"},
                                             {"tokenizer.", "tokenizers"}});
constexpr std::string_view kWeights = "weights";

std::string_view kind_of(const std::string& tensor) {
  for (const Kind& kind : kKinds) {
    if (tensor.starts_with(kind.prefix)) return kind.name;
  }
  return kWeights;
}

bool same_bits(const torch::Tensor& first, const torch::Tensor& second) {
  const torch::Tensor a = first.cpu().contiguous(), b = second.cpu().contiguous();
  return a.nbytes() == b.nbytes() && std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0;
}

// Empty where they are the same.
std::string difference(const torch::Tensor& first, const torch::Tensor& second) {
  if (first.scalar_type() != second.scalar_type() || first.sizes() != second.sizes()) {
    return std::string("is ") + c10::toString(first.scalar_type()) + shape_text(first) + " and " +
           c10::toString(second.scalar_type()) + shape_text(second);
  }
  if (same_bits(first, second)) return "";
  const torch::Tensor apart = (first.to(torch::kDouble) - second.to(torch::kDouble)).abs();
  char text[80];
  std::snprintf(text, sizeof text, "differs in %lld of %lld numbers, by %.3g at most",
                static_cast<long long>(apart.ne(0).sum().item<int64_t>()),
                static_cast<long long>(apart.numel()), apart.max().item<double>());
  return text;
}

void note(ComparedPart& part, const std::string& tensor, const std::string& what) {
  if (part.difference.empty() && !what.empty()) part.difference = tensor + " " + what;
}

ComparedPart compare_kind(std::string_view kind, const TensorFile& first,
                          const TensorFile& second) {
  ComparedPart part{.name = std::string(kind)};
  for (const auto& [name, tensor] : first.tensors) {
    if (kind_of(name) != kind) continue;
    ++part.tensors;
    part.numbers += tensor.numel();
    const auto other = second.tensors.find(name);
    note(part, name,
         other == second.tensors.end() ? "is in the first alone"
                                       : difference(tensor, other->second));
  }
  for (const auto& [name, tensor] : second.tensors) {
    const bool alone = kind_of(name) == kind && first.tensors.count(name) == 0;
    note(part, name, alone ? "is in the second alone" : "");
  }
  return part;
}

ComparedPart compare_metadata(const TensorFile& first, const TensorFile& second) {
  ComparedPart part{.name = "counters, history, configuration"};
  auto a = first.metadata, b = second.metadata;
  a.erase("timing");
  b.erase("timing");
  for (const auto& [key, text] : a) {
    note(part, key, b.count(key) == 1 && b.at(key) == text ? "" : "differs");
  }
  for (const auto& [key, text] : b) note(part, key, a.count(key) == 1 ? "" : "differs");
  return part;
}

}  // namespace

std::vector<ComparedPart> compare_checkpoints(const TensorFile& first, const TensorFile& second) {
  std::vector<ComparedPart> parts{compare_kind(kWeights, first, second)};
  for (const Kind& kind : kKinds) {
    ComparedPart part = compare_kind(kind.name, first, second);
    if (part.tensors > 0 || !part.difference.empty()) parts.push_back(std::move(part));
  }
  parts.push_back(compare_metadata(first, second));
  return parts;
}

}  // namespace rondo
