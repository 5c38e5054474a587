#include "app/experiments/search_space.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "app/config/number_text.h"
#include "app/errors.h"
#include "app/experiments/variant.h"
#include "app/metrics/pcg64.h"

namespace rondo {
namespace {

constexpr int64_t kMostShuffled = 100'000;  // combinations that are held in memory to be shuffled
constexpr int64_t kMostInGrid = 10'000;

struct RangeName {
  std::string_view prefix;
  ValueKind kind = ValueKind::linear;
};
constexpr auto kRanges = std::to_array<RangeName>({{"lin:", ValueKind::linear},
                                                   {"log:", ValueKind::logarithmic},
                                                   {"int:", ValueKind::whole},
                                                   {"ilog:", ValueKind::whole_logarithmic}});

bool is_whole(ValueKind kind) {
  return kind == ValueKind::whole || kind == ValueKind::whole_logarithmic;
}

// The shortest text of a number, without an exponent where people would write none.
std::string readable(double value) {
  const bool plain = value == 0 || (std::abs(value) >= 1e-6 && std::abs(value) < 1e9);
  std::array<char, 64> text{};
  const auto made = std::to_chars(text.data(), text.data() + text.size(), value,
                                  plain ? std::chars_format::fixed : std::chars_format::general);
  return {text.data(), made.ptr};
}

double with_four_digits(double value) {
  std::array<char, 32> text{};
  const auto made =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 4);
  return *parse_number<double>({text.data(), made.ptr});
}

// The ends are kept as they are, whatever their digits.
std::string written(const Dimension& range, double value) {
  if (is_whole(range.kind)) {
    return number_text(std::llround(std::clamp(value, range.low, range.high)));
  }
  return readable(std::clamp(with_four_digits(value), range.low, range.high));
}

double between(double low, double high, double share, bool logarithmic) {
  return logarithmic ? low * std::pow(high / low, share) : low + share * (high - low);
}

void fill_values(Dimension& range, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    const std::string value =
        written(range, between(range.low, range.high, share, range.is_logarithmic()));
    if (range.values.empty() || range.values.back() != value) range.values.push_back(value);
  }
}

// "A..B" or "A..B/N".
void read_range(std::string_view text, const ConfigError& wrong, Dimension& range) {
  const size_t dots = text.find("..");
  const size_t slash = text.find('/');
  if (dots == std::string_view::npos) throw wrong;
  const auto low = parse_number<double>(text.substr(0, dots));
  const auto high = parse_number<double>(text.substr(dots + 2, slash - std::min(slash, dots + 2)));
  if (!low || !high || *low >= *high) throw wrong;
  if (range.is_logarithmic() && *low <= 0) throw wrong;
  if (is_whole(range.kind) && (*low != std::floor(*low) || *high != std::floor(*high))) throw wrong;
  range.low = *low;
  range.high = *high;
  if (slash == std::string_view::npos) return;
  const auto count = parse_number<int64_t>(text.substr(slash + 1));
  if (!count || *count < 2 || *count > kMostInGrid) throw wrong;
  fill_values(range, *count);
}

Dimension parse_dimension(const std::string& text) {
  KeyAssignment assignment = parse_assignment("--key", text);
  Dimension made{.text = text, .group = std::move(assignment.group)};
  const std::string& values = assignment.values;
  for (const auto& [prefix, kind] : kRanges) {
    if (!values.starts_with(prefix)) continue;
    made.kind = kind;
    const ConfigError wrong(
        "--key " + text + ": expected " + std::string(prefix) + "A..B with A below B" +
        (made.is_logarithmic() ? ", both above 0" : "") +
        (is_whole(kind) ? ", whole numbers" : "") + "; or A..B/N for N values of it, at least 2");
    read_range(std::string_view(values).substr(prefix.size()), wrong, made);
    return made;
  }
  made.values = split_list(values);
  const std::set<std::string> distinct(made.values.begin(), made.values.end());
  if (distinct.contains("")) throw ConfigError("--key " + text + ": a value is empty");
  if (distinct.size() < made.values.size()) throw ConfigError("--key " + text + ": a value twice");
  return made;
}

// One stream of random numbers for each (seed, trial): the 64 bits are mixed as in splitmix64, so
// that neighbours are not alike.
Pcg64 generator(uint64_t seed, uint64_t trial) {
  uint64_t mixed = seed * 0x9E3779B97F4A7C15ULL + trial + 1;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
  return Pcg64(mixed ^ (mixed >> 31));
}

double uniform(Pcg64& random) { return static_cast<double>(random.next64() >> 11) * 0x1p-53; }

std::vector<std::string> drawn(const SearchSpace& space, uint64_t seed, int64_t trial) {
  Pcg64 random = generator(seed, static_cast<uint64_t>(trial));
  std::vector<std::string> values;
  for (const Dimension& dimension : space) {
    const double share = uniform(random);
    const auto count = static_cast<double>(dimension.values.size());
    values.push_back(dimension.is_range() ? value_at(dimension, share)
                                          : dimension.values[static_cast<size_t>(share * count)]);
  }
  return values;
}

std::vector<std::vector<std::string>> every_combination(const SearchSpace& space) {
  std::vector<std::vector<std::string>> lists;
  for (const Dimension& dimension : space) lists.push_back(dimension.values);
  return combinations(lists);
}

// The beginning of one order of all of them, which more trials only make longer.
std::vector<std::vector<std::string>> shuffled(std::vector<std::vector<std::string>> all,
                                               uint64_t seed, int64_t trials) {
  Pcg64 random = generator(seed, 0);
  const size_t count = std::min(all.size(), static_cast<size_t>(trials));
  for (size_t i = 0; i < count; ++i) {
    std::swap(all[i], all[i + random.below(static_cast<uint32_t>(all.size() - i))]);
  }
  all.resize(count);
  return all;
}

std::vector<std::vector<std::string>> grid(const SearchSpace& space) {
  for (const Dimension& dimension : space) {
    if (!dimension.is_range()) continue;
    throw ConfigError("--key " + dimension.group.keys.front() +
                      ": a grid needs a list, or a range with a number of values: A..B/N");
  }
  if (const auto size = size_of(space); !size || *size > kMostInGrid) {
    throw ConfigError("--search grid: more than " + std::to_string(kMostInGrid) +
                      " combinations; take --search random or asha");
  }
  return every_combination(space);
}

}  // namespace

bool Dimension::is_logarithmic() const {
  return kind == ValueKind::logarithmic || kind == ValueKind::whole_logarithmic;
}

SearchSpace parse_space(std::span<const std::string> texts) {
  SearchSpace space;
  for (const std::string& text : texts) space.push_back(parse_dimension(text));
  std::vector<KeyGroup*> groups;
  for (Dimension& dimension : space) groups.push_back(&dimension.group);
  label_groups("--key", groups);
  return space;
}

std::string value_at(const Dimension& dimension, double share) {
  // Each whole number owns the values that round to it, the two ends as much as the others.
  const double margin = is_whole(dimension.kind) ? 0.5 : 0;
  return written(dimension, between(dimension.low - margin, dimension.high + margin, share,
                                    dimension.is_logarithmic()));
}

std::optional<int64_t> size_of(const SearchSpace& space) {
  int64_t size = 1;
  for (const Dimension& dimension : space) {
    const auto values = static_cast<int64_t>(dimension.values.size());
    if (values == 0 || size > (int64_t{1} << 40) / values) return std::nullopt;
    size *= values;
  }
  return size;
}

std::vector<std::vector<std::string>> plan_trials(const SearchSpace& space, SearchKind search,
                                                  uint64_t seed, int64_t trials) {
  if (search == SearchKind::grid) return grid(space);
  if (const auto size = size_of(space); size && *size <= kMostShuffled) {
    return shuffled(every_combination(space), seed, trials);
  }
  std::vector<std::vector<std::string>> planned;
  for (int64_t trial = 0; trial < trials; ++trial) planned.push_back(drawn(space, seed, trial));
  return planned;
}

std::vector<std::string> settings_of(const SearchSpace& space,
                                     const std::vector<std::string>& values) {
  std::vector<std::string> settings;
  for (size_t i = 0; i < space.size(); ++i) {
    std::ranges::move(settings_of(space[i].group, values[i]), std::back_inserter(settings));
  }
  return settings;
}

}  // namespace rondo
