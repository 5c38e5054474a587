#include "app/report/axis.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace rondo {
namespace {

constexpr double kRounding = 1e-9;  // in steps

// Trailing zeros dropped.
std::string digits(double value, int decimals) {
  std::string number = fixed_number(value, decimals);
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  return number == "-0" ? "0" : number;
}

std::string scientific(double value) {
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  return digits(value / std::pow(10.0, exponent), 1) + "e" + std::to_string(exponent);
}

// The round step nearest above the one that gives exactly `most` ticks.
double round_step(double span, int most) {
  const double rough = span / std::max(1, most - 1);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1 - kRounding)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

std::vector<double> linear_ticks(double low, double high, int most) {
  if (!(high > low)) return {low};
  double step = round_step(high - low, most);
  const double first = std::ceil(low / step - kRounding);
  const double last = std::floor(high / step + kRounding);
  std::vector<double> ticks;
  for (double i = first; i <= last; ++i) ticks.push_back(i * step);
  return ticks;
}

std::vector<double> logarithmic_ticks(double low, double high, int most) {
  const int first = static_cast<int>(std::floor(std::log10(low)));
  const int last = static_cast<int>(std::ceil(std::log10(high)));
  const auto made = [&](const std::vector<double>& factors, int stride) {
    std::vector<double> ticks;
    for (int power = first; power <= last; power += stride) {
      for (const double factor : factors) {
        const double tick = factor * std::pow(10.0, power);
        if (tick >= low * (1 - kRounding) && tick <= high * (1 + kRounding)) ticks.push_back(tick);
      }
    }
    return ticks;
  };
  const auto fine = made({1, 2, 5}, 1);
  if (static_cast<int>(fine.size()) <= most) return fine;
  return made({1}, 1 + (last - first) / std::max(1, most));
}

std::string fixed_number(double value, int decimals) {
  if (!std::isfinite(value)) return "?";
  std::array<char, 400> text{};  // the largest double has 309 digits
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, decimals);
  return {text.data(), end};
}

std::string short_number(double value) {
  const double size = std::abs(value);
  if (!std::isfinite(value)) return "?";
  if (size == 0) return "0";
  if (size < 1e-4 || size >= 1e12) return scientific(value);
  if (size >= 1e9) return digits(value / 1e9, 2) + "G";
  if (size >= 1e6) return digits(value / 1e6, 2) + "M";
  if (size >= 1e3) return digits(value / 1e3, 2) + "k";
  return digits(value, size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 4 : 6);
}

Axis::Axis(const std::vector<double>& values, Scale scale, bool from_zero) : scale_(scale) {
  double low = INFINITY, high = -INFINITY;
  for (const double value : values) {
    if (!shows(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = scale == Scale::linear ? 0 : 1, high = low + 1;
  if (scale == Scale::logarithmic) {
    low_ = low / 1.1, high_ = high * 1.1;
    return;
  }
  if (from_zero) low = std::min(low, 0.0);
  const double margin = high > low ? 0.04 * (high - low) : std::max(0.5 * std::abs(high), 0.5);
  low_ = from_zero && low == 0 ? 0 : low - margin;
  high_ = high + margin;
}

bool Axis::shows(double value) const {
  return std::isfinite(value) && (scale_ == Scale::linear || value > 0);
}

double Axis::place(double value) const {
  if (scale_ == Scale::linear) return (value - low_) / (high_ - low_);
  return std::log(value / low_) / std::log(high_ / low_);
}

std::vector<double> Axis::ticks(int most) const {
  return scale_ == Scale::linear ? linear_ticks(low_, high_, most)
                                 : logarithmic_ticks(low_, high_, most);
}

}  // namespace rondo
