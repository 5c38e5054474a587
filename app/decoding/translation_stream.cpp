#include "app/decoding/translation_stream.h"

#include <ostream>

namespace rondo {

int64_t run_stream(LineSource source, const TranslationStream& stream, std::ostream& output) {
  int64_t written = 0;
  const auto work = [&](std::span<const std::string> lines) {
    for (const auto& translations : stream.translate(lines)) {
      output << format_translations(stream.first_line + written, translations, stream.format);
      ++written;
    }
    output.flush();
    stream.progress(written);
    return output.good();
  };
  stream_lines(std::move(source), work, stream.window);
  return written;
}

}  // namespace rondo
