#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rondo {

// Bytes [begin, end) of a line.
struct TextSpan {
  size_t begin = 0, end = 0;
};

// Text <-> ids. Immutable and safe to use from many threads at once, sampling apart.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;

  virtual int32_t size() const = 0;  // ids are [0, size)
  // Ids of one line, without <s> or </s>. Any bytes are accepted; invalid UTF-8 is replaced.
  virtual std::vector<int32_t> encode(std::string_view line) const = 0;
  // Where in the line, cleaned of invalid UTF-8, each id of encode(line) stands; several unknown
  // words in a row are one id.
  virtual std::vector<TextSpan> spans(std::string_view line) const = 0;
  // A segmentation drawn at random (Kudo 2018; Provilkov et al. 2020); see
  // sentencepiece_tokenizer.h.
  virtual std::vector<int32_t> encode_sampled(std::string_view line) const = 0;
  // Plain text of ids; special tokens vanish, unknown ids throw std::out_of_range.
  virtual std::string decode(std::span<const int32_t> ids) const = 0;
  virtual std::string piece(int32_t id) const = 0;
  virtual int32_t id(std::string_view piece) const = 0;  // kUnkId when absent
  // The bytes from which load_tokenizer makes an equal tokenizer.
  virtual const std::string& serialized() const = 0;
};

}  // namespace rondo
