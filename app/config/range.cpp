#include "app/config/range.h"

#include <cmath>

#include "app/config/number_text.h"

namespace rondo {

bool Range::contains(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

std::string Range::text() const {
  if (std::isinf(low)) return "";
  if (std::isinf(high)) return (low_open ? "above " : "at least ") + number_text(low);
  return std::string("in ") + (low_open ? '(' : '[') + number_text(low) + ", " + number_text(high) +
         (high_open ? ')' : ']');
}

}  // namespace rondo
