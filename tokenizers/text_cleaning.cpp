#include "tokenizers/text_cleaning.h"

#include <utf8.h>

#include <iterator>

namespace rondo {

bool is_valid_utf8(std::string_view text) { return utf8::is_valid(text.begin(), text.end()); }

std::string replace_invalid_utf8(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(clean));
  return clean;
}

}  // namespace rondo
