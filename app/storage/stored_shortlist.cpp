#include "app/storage/stored_shortlist.h"

#include <algorithm>

#include "app/errors.h"
#include "app/storage/model_format.h"

namespace rondo {
namespace {

std::string tensor_name(const char* part) { return kShortlistPrefix + std::string(part); }

// The numbers of one of the tensors; empty where it is missing or of another type.
template <class T>
std::vector<T> numbers_of(const TensorFile& file, const char* part) {
  const auto found = file.tensors.find(tensor_name(part));
  if (found == file.tensors.end() || found->second.dim() != 1 ||
      found->second.scalar_type() != torch::CppTypeToScalarType<T>::value) {
    return {};
  }
  const auto tensor = found->second.contiguous();
  return {tensor.data_ptr<T>(), tensor.data_ptr<T>() + tensor.numel()};
}

bool is_sound(const std::vector<int64_t>& offsets, const std::vector<LexicalEntry>& entries,
              int32_t target_vocab) {
  const auto size = static_cast<int64_t>(entries.size());
  return offsets.size() >= 2 && offsets.front() == 0 && offsets.back() == size &&
         std::ranges::is_sorted(offsets) && std::ranges::all_of(entries, [&](const auto& entry) {
           return entry.target >= 0 && entry.target < target_vocab;
         });
}

}  // namespace

void add_shortlist(const LexicalTable& table, TensorFile& file) {
  std::vector<int32_t> targets;
  std::vector<float> probabilities;
  for (const LexicalEntry& entry : table.entries()) {
    targets.push_back(entry.target);
    probabilities.push_back(entry.probability);
  }
  file.tensors[tensor_name("offsets")] = torch::tensor(table.offsets(), torch::kInt64);
  file.tensors[tensor_name("targets")] = torch::tensor(targets, torch::kInt32);
  file.tensors[tensor_name("probabilities")] = torch::tensor(probabilities, torch::kFloat);
}

std::shared_ptr<const LexicalTable> load_shortlist(const TensorFile& file, const Tokenizer& source,
                                                   const Tokenizer& target,
                                                   const std::string& where) {
  if (file.tensors.count(tensor_name("offsets")) == 0) return nullptr;
  const auto offsets = numbers_of<int64_t>(file, "offsets");
  const auto targets = numbers_of<int32_t>(file, "targets");
  const auto probabilities = numbers_of<float>(file, "probabilities");
  std::vector<LexicalEntry> entries(targets.size());
  const bool paired = probabilities.size() == targets.size();
  for (size_t i = 0; paired && i < entries.size(); ++i) entries[i] = {targets[i], probabilities[i]};
  if (!paired || !is_sound(offsets, entries, target.size())) {
    throw DataError(where + ": its shortlist is damaged");
  }
  if (offsets.size() != static_cast<size_t>(source.size()) + 2) {
    throw DataError(where + ": its shortlist is of " + std::to_string(offsets.size() - 2) +
                    " source pieces, its tokenizer of " + std::to_string(source.size()));
  }
  return std::make_shared<LexicalTable>(offsets, entries);
}

}  // namespace rondo
