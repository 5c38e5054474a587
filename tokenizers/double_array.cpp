#include "tokenizers/double_array.h"

#include <algorithm>
#include <span>

#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

constexpr int32_t kLabels = DoubleArray::kLabels;

void check_keys(std::span<const DoubleArrayKey> keys) {
  for (size_t i = 0; i < keys.size(); ++i) {
    const std::string& text = keys[i].text;
    if (text.empty() || text.find_first_of(std::string("\x00\xFE", 2)) != std::string::npos) {
      throw TokenizerError("a piece that is empty or holds a byte 00 or FE");
    }
    if (i > 0 && keys[i - 1].text == text) throw TokenizerError("the piece " + text + " twice");
  }
}

// The keys with the same bytes before `depth` and the same byte there.
struct Child {
  int32_t label = 0;
  std::span<const DoubleArrayKey> keys{};
};

class DoubleArrayBuilder {
 public:
  DoubleArray build(std::span<const DoubleArrayKey> keys);

 private:
  static std::vector<Child> children(std::span<const DoubleArrayKey> keys, size_t depth);
  void grow(size_t size);
  bool is_free(int32_t cell) const { return label_[cell] == DoubleArray::kEmptyLabel; }
  bool fits(int32_t base, std::span<const Child> children) const;
  int32_t find_base(std::span<const Child> children);
  void place(std::span<const DoubleArrayKey> keys, size_t depth, int32_t base);
  void place_child(const Child& child, size_t depth, int32_t cell);

  static constexpr int32_t kLeaf = -1;

  std::vector<int32_t> base_;
  std::vector<int32_t> label_;
  std::vector<int32_t> ids_;
  std::vector<bool> is_base_;
  int32_t search_from_ = kLabels;
};

void DoubleArrayBuilder::grow(size_t size) {
  if (size <= label_.size()) return;
  size = std::max(size, label_.size() * 2);
  base_.resize(size, kLeaf);
  label_.resize(size, DoubleArray::kEmptyLabel);
  ids_.resize(size, -1);
  is_base_.resize(size, false);
}

std::vector<Child> DoubleArrayBuilder::children(std::span<const DoubleArrayKey> keys,
                                                size_t depth) {
  std::vector<Child> found;
  for (size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    const char byte = keys[begin].text[depth];
    while (end < keys.size() && keys[end].text[depth] == byte) ++end;
    found.push_back({static_cast<unsigned char>(byte), keys.subspan(begin, end - begin)});
  }
  return found;
}

bool DoubleArrayBuilder::fits(int32_t base, std::span<const Child> children) const {
  if (is_base_[base]) return false;
  return std::all_of(children.begin(), children.end(),
                     [&](const Child& child) { return is_free(base ^ child.label); });
}

// The first base from search_from_ on; where that took long, the cells passed are as good as full.
int32_t DoubleArrayBuilder::find_base(std::span<const Child> children) {
  constexpr int32_t kPatience = 256;
  for (int32_t base = search_from_;; ++base) {
    grow(static_cast<size_t>(base) + 2 * kLabels);
    if (!fits(base, children)) continue;
    if (base > search_from_ + kPatience) search_from_ = base - kPatience;
    return base;
  }
}

void DoubleArrayBuilder::place_child(const Child& child, size_t depth, int32_t cell) {
  std::span<const DoubleArrayKey> longer = child.keys;
  if (longer.front().text.size() == depth + 1) {  // sorted: the one that ends here comes first
    ids_[cell] = longer.front().id;
    longer = longer.subspan(1);
  }
  if (longer.empty()) return;
  base_[cell] = find_base(children(longer, depth + 1));
  place(longer, depth + 1, base_[cell]);
}

void DoubleArrayBuilder::place(std::span<const DoubleArrayKey> keys, size_t depth, int32_t base) {
  const std::vector<Child> found = children(keys, depth);
  is_base_[base] = true;
  for (const Child& child : found) label_[base ^ child.label] = child.label;
  for (const Child& child : found) place_child(child, depth, base ^ child.label);
}

DoubleArray DoubleArrayBuilder::build(std::span<const DoubleArrayKey> keys) {
  grow(2 * kLabels);
  base_[0] = kLabels;  // away from the root itself
  place(keys, 0, base_[0]);
  // Every leaf leads to one row of empty cells after the last cell in use.
  size_t rows = label_.size() / kLabels;
  const auto is_empty = [&](size_t row) {
    const auto begin = label_.begin() + static_cast<ptrdiff_t>(row * kLabels);
    return std::all_of(begin, begin + kLabels,
                       [](int32_t l) { return l == DoubleArray::kEmptyLabel; });
  };
  while (rows > 2 && is_empty(rows - 1)) --rows;
  grow((rows + 1) * kLabels);
  const auto leaf = static_cast<int32_t>(rows * kLabels);
  if (leaf >= 1 << 23) throw TokenizerError("too many pieces");
  DoubleArray array;
  for (int32_t cell = 0; cell < leaf + kLabels; ++cell) {
    const int32_t base = base_[cell] == kLeaf ? leaf : base_[cell];
    array.cells.push_back(base * kLabels + label_[cell]);
  }
  array.ids.assign(ids_.begin(), ids_.begin() + leaf + kLabels);
  return array;
}

}  // namespace

DoubleArray build_double_array(std::vector<DoubleArrayKey> keys) {
  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
  check_keys(keys);
  return DoubleArrayBuilder().build(keys);
}

}  // namespace rondo
