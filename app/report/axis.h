#pragma once

#include <string>
#include <vector>

namespace rondo {

enum class Scale { linear, logarithmic };

// Round numbers (1, 2 or 5 times a power of ten) from low to high, at most `most` of them.
std::vector<double> linear_ticks(double low, double high, int most);
// Powers of ten, with their 2 and 5 folds when there is room. low and high above 0.
std::vector<double> logarithmic_ticks(double low, double high, int most);

// "0.002", "34.6", "1.2k", "3M", "1e-7": short enough to stand beside an axis.
std::string short_number(double value);

// With this many digits after the point, the same under every locale; "?" when not finite.
std::string fixed_number(double value, int decimals);

// Maps values to a place in [0, 1]; low and high become round and are never equal.
class Axis {
 public:
  // Covers every finite value; a logarithmic axis only those above 0.
  Axis(const std::vector<double>& values, Scale scale, bool from_zero);

  bool shows(double value) const;
  double place(double value) const;
  std::vector<double> ticks(int most) const;

 private:
  Scale scale_ = Scale::linear;
  double low_ = 0, high_ = 1;
};

}  // namespace rondo
