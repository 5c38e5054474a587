#include "app/streaming/token_coding.h"

#include <vector>

#include "app/errors.h"

namespace rondo {
namespace {

void put(uint64_t number, std::string& bytes) {
  for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>(number | 0x80));
  bytes.push_back(static_cast<char>(number));
}

void put(const TokenTable& tokens, std::string& bytes) {
  for (int64_t line = 0; line < tokens.size(); ++line) {
    put(static_cast<uint64_t>(tokens.length(line)), bytes);
    for (const int32_t id : tokens[line]) put(static_cast<uint32_t>(id), bytes);
  }
}

class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}

  int64_t next() {
    uint64_t number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      if (at_ == bytes_.size()) break;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return static_cast<int64_t>(number);
    }
    throw DataError("no tokens");
  }

  TokenTable table(int64_t lines) {
    TokenTable tokens;
    std::vector<int32_t> ids;
    for (int64_t line = 0; line < lines; ++line) {
      ids.clear();
      for (int64_t left = next(); left > 0; --left) ids.push_back(static_cast<int32_t>(next()));
      tokens.push_back(ids);
    }
    return tokens;
  }

  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace

std::string encoded_tokens(const ParallelCorpus& chunk) {
  std::string bytes;
  bytes.reserve(static_cast<size_t>(2 * (chunk.source.tokens() + chunk.target.tokens())));
  for (const int64_t count :
       {chunk.lines_read, chunk.dropped_empty, chunk.dropped_long, chunk.size()}) {
    put(static_cast<uint64_t>(count), bytes);
  }
  put(chunk.source, bytes);
  put(chunk.target, bytes);
  return bytes;
}

ParallelCorpus decoded_tokens(std::string_view bytes) {
  Numbers numbers(bytes);
  ParallelCorpus chunk;
  chunk.lines_read = numbers.next();
  chunk.dropped_empty = numbers.next();
  chunk.dropped_long = numbers.next();
  const int64_t pairs = numbers.next();
  chunk.source = numbers.table(pairs);
  chunk.target = numbers.table(pairs);
  if (!numbers.at_end()) throw DataError("more than its tokens");
  return chunk;
}

}  // namespace rondo
