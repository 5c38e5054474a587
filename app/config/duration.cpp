#include "app/config/duration.h"

#include <array>
#include <cmath>
#include <ranges>

#include "app/config/number_text.h"

namespace rondo {
namespace {

struct UnitName {
  std::string_view suffix;
  Duration::Unit unit = Duration::Unit::none;
  double factor = 1;
};

// Of one unit the smallest factor comes first.
constexpr auto kUnits = std::to_array<UnitName>({
    {"e", Duration::Unit::epochs, 1},
    {"u", Duration::Unit::updates, 1},
    {"ku", Duration::Unit::updates, 1000},
    {"s", Duration::Unit::seconds, 1},
    {"min", Duration::Unit::seconds, 60},
    {"h", Duration::Unit::seconds, 3600},
});

bool is_whole(double value) { return value == std::floor(value); }

// Without an exponent, whose e would read as epochs.
std::string plain_text(double value) {
  std::array<char, 400> buffer{};
  char* const end = buffer.data() + buffer.size();
  const auto result = std::to_chars(buffer.data(), end, value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text == "none") return Duration{};
  const size_t letters = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto number = parse_number<double>(text.substr(0, letters));
  const std::string_view suffix = text.substr(letters);
  for (const UnitName& name : kUnits) {
    if (name.suffix != suffix || !number) continue;
    const Duration duration{name.unit, *number * name.factor};
    const bool divisible = name.unit != Duration::Unit::updates || is_whole(duration.value);
    if (duration.value > 0 && std::isfinite(duration.value) && divisible) return duration;
  }
  return std::nullopt;
}

std::string to_string(const Duration& duration) {
  for (const UnitName& name : kUnits | std::views::reverse) {
    if (name.unit != duration.unit) continue;
    const double number = duration.value / name.factor;
    if (name.factor == 1 || is_whole(number)) return plain_text(number) + std::string(name.suffix);
  }
  return "none";
}

}  // namespace rondo
