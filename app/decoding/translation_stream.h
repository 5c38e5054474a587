#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/line_stream.h"
#include "app/decoding/translation_format.h"

namespace rondo {

using TranslateLines =
    std::function<std::vector<std::vector<Translation>>(std::span<const std::string>)>;

struct TranslationStream {
  TranslateLines translate{};
  TranslationFormat format{};
  LineWindow window{};
  int64_t first_line = 0;  // the number of the first one, in formats that number them
  std::function<void(int64_t lines)> progress = [](int64_t) {};  // told after each window
};

// Translates lines as they come and writes them in order, each window flushed. Stops quietly when
// output takes no more, as when the reader of a pipe has gone. Returns the lines written.
int64_t run_stream(LineSource source, const TranslationStream& stream, std::ostream& output);

}  // namespace rondo
