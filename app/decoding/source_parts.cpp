#include "app/decoding/source_parts.h"

#include <algorithm>

#include "app/decoding/long_input.h"
#include "tokenizers/text_cleaning.h"

namespace rondo {
namespace {

void push_in_parts(std::span<const int32_t> ids, const Tokenizer& tokenizer, size_t longest,
                   TokenTable& parts) {
  std::vector<std::string> pieces;
  for (const int32_t id : ids) pieces.push_back(tokenizer.piece(id));
  size_t begin = 0;
  for (const size_t end : split_points(pieces, longest)) {
    parts.push_back(ids.subspan(begin, end - begin));
    begin = end;
  }
}

}  // namespace

SourceParts make_source_parts(std::span<const std::string> lines, const Tokenizer& tokenizer,
                              const TestingOptions& options, LineReport& report) {
  const auto longest = static_cast<size_t>(std::max<int64_t>(options.max_input_length, 1));
  SourceParts parts;
  for (const auto& line : lines) {
    parts.first_part.push_back(parts.ids.size());
    const std::vector<int32_t> encoded = tokenizer.encode(line);
    const std::span<const int32_t> ids(encoded);
    ++report.lines;
    report.invalid_utf8 += !is_valid_utf8(line);
    report.empty += ids.empty();
    if (ids.size() <= longest) {
      if (!ids.empty()) parts.ids.push_back(ids);
    } else if (options.crop_long_input) {
      ++report.cropped;
      parts.ids.push_back(ids.first(longest));
    } else {
      ++report.split;
      push_in_parts(ids, tokenizer, longest, parts.ids);
    }
  }
  parts.first_part.push_back(parts.ids.size());
  return parts;
}

}  // namespace rondo
