#include "tokenizers/normalization_rules.h"

#include <cstdint>

#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

constexpr size_t kUnitBytes = 4;

[[noreturn]] void refuse() {
  throw TokenizerError("a damaged charsmap in the SentencePiece model");
}

uint32_t little_endian(std::string_view bytes, size_t place) {
  uint32_t value = 0;
  for (size_t i = 0; i < kUnitBytes; ++i) {
    value |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[place + i])) << (8 * i);
  }
  return value;
}

// A cell of Darts-clone: its label in 8 bits, whether a key ends at it, and what its own place is
// combined with to give its base: 21 bits, times 256 where bit 9 is set. A key that ends keeps its
// value in the child for byte 0, where bit 31 is set.
struct Unit {
  uint32_t bits = 0;

  bool is_value() const { return bits >> 31; }
  uint32_t value() const { return bits & ~(1U << 31); }
  uint32_t label() const { return bits & 0xFF; }
  bool ends_a_key() const { return bits >> 8 & 1; }
  uint32_t offset() const { return bits >> 10 << ((bits & 1U << 9) >> 6); }
};

void append_cell(DoubleArray& keys, std::string_view units, size_t texts) {
  constexpr size_t kRow = DoubleArray::kLabels;
  const size_t place = keys.cells.size();
  const size_t count = units.size() / kUnitBytes;
  const Unit unit{little_endian(units, place * kUnitBytes)};
  const size_t base = place ^ unit.offset();
  // Cells that are a value or in no use may say anything; others lead to a whole row of cells.
  if (unit.is_value() || base / kRow >= count / kRow) {
    keys.cells.push_back(DoubleArray::kEmptyLabel);
    keys.ids.push_back(-1);
    return;
  }
  keys.cells.push_back(static_cast<int32_t>(base * kRow + unit.label()));
  int32_t id = -1;
  if (unit.ends_a_key()) {
    id = static_cast<int32_t>(Unit{little_endian(units, base * kUnitBytes)}.value());
    if (static_cast<size_t>(id) >= texts) refuse();
  }
  keys.ids.push_back(id);
}

}  // namespace

NormalizationRules read_normalization_rules(std::string_view charsmap) {
  if (charsmap.empty()) return {.keys = build_double_array({}), .texts = {}};
  if (charsmap.size() <= kUnitBytes) refuse();
  const size_t size = little_endian(charsmap, 0);
  charsmap.remove_prefix(kUnitBytes);
  constexpr size_t kRowBytes = DoubleArray::kLabels * kUnitBytes;
  if (size == 0 || size % kRowBytes != 0 || size >= charsmap.size() || size >= 1U << 25 ||
      charsmap.back() != '\0') {
    refuse();
  }
  NormalizationRules rules;
  rules.texts = charsmap.substr(size);
  const std::string_view units = charsmap.substr(0, size);
  while (rules.keys.cells.size() < size / kUnitBytes) {
    append_cell(rules.keys, units, rules.texts.size());
  }
  return rules;
}

}  // namespace rondo
