#include "tokenizers/sentencepiece_tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <stdexcept>

#include "tokenizers/protobuf_reader.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/text_cleaning.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

// A model with byte pieces may spell a line end, which would break the one line out for one line
// in.
void keep_on_one_line(std::string& text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

// A model is its pieces (protobuf field 1), how it was trained (2) and how it normalizes text (3),
// in this order. SentencePiece itself is content with one that was cut short after any piece.
bool is_whole_model(std::string_view bytes) {
  constexpr uint64_t kNormalizer = 3;
  ProtobufField field;
  while (take_field(bytes, field) && field.type == WireType::bytes) {
    if (field.number == kNormalizer) return true;
  }
  return false;
}

class SentencePieceTokenizer : public Tokenizer {
 public:
  SentencePieceTokenizer(std::string serialized, const TokenizerOptions& sampling);

  int32_t size() const override { return processor_.GetPieceSize(); }
  std::vector<int32_t> encode(std::string_view line) const override;
  std::vector<TextSpan> spans(std::string_view line) const override;
  std::vector<int32_t> encode_sampled(std::string_view line) const override;
  std::string decode(std::span<const int32_t> ids) const override;
  std::string piece(int32_t id) const override;
  int32_t id(std::string_view piece) const override { return processor_.PieceToId(piece); }
  const std::string& serialized() const override { return serialized_; }

 private:
  void check_id(int32_t id) const;

  sentencepiece::SentencePieceProcessor processor_;
  std::string serialized_;
  double alpha_ = 0;
  int64_t nbest_size_ = -1;
};

SentencePieceTokenizer::SentencePieceTokenizer(std::string serialized,
                                               const TokenizerOptions& sampling)
    : serialized_(std::move(serialized)), alpha_(sampling.alpha), nbest_size_(sampling.nbest_size) {
  if (!is_whole_model(serialized_) || !processor_.LoadFromSerializedProto(serialized_).ok()) {
    throw TokenizerError("no SentencePiece model, or a damaged one");
  }
  if (processor_.pad_id() != kPadId || processor_.unk_id() != kUnkId ||
      processor_.bos_id() != kBosId || processor_.eos_id() != kEosId) {
    throw TokenizerError(
        "a SentencePiece model with other special tokens; train it with `rondo tokenizer train`, "
        "or "
        "with --pad_id=0 --unk_id=1 --bos_id=2 --eos_id=3");
  }
  std::vector<int> ids;
  const bool can_sample = processor_.SampleEncode("a", -1, 0.5F, &ids).ok();
  if (!can_sample) alpha_ = 0;
}

std::vector<int32_t> SentencePieceTokenizer::encode(std::string_view line) const {
  std::vector<int> ids;
  const auto status = is_valid_utf8(line) ? processor_.Encode(line, &ids)
                                          : processor_.Encode(replace_invalid_utf8(line), &ids);
  if (!status.ok()) throw TokenizerError(status.ToString());
  return ids;
}

std::vector<TextSpan> SentencePieceTokenizer::spans(std::string_view line) const {
  const auto text = processor_.EncodeAsImmutableProto(replace_invalid_utf8(line));
  std::vector<TextSpan> spans;
  for (size_t i = 0; i < text.pieces_size(); ++i) {
    const auto piece = text.pieces(static_cast<int>(i));
    spans.push_back({piece.begin(), piece.end()});
  }
  return spans;
}

std::vector<int32_t> SentencePieceTokenizer::encode_sampled(std::string_view line) const {
  if (alpha_ <= 0) return encode(line);
  std::vector<int> ids;
  const auto status = processor_.SampleEncode(
      replace_invalid_utf8(line), static_cast<int>(nbest_size_), static_cast<float>(alpha_), &ids);
  if (!status.ok()) throw TokenizerError(status.ToString());
  return ids;
}

std::string SentencePieceTokenizer::decode(std::span<const int32_t> ids) const {
  std::vector<int> words;
  words.reserve(ids.size());
  for (const int32_t id : ids) {
    check_id(id);
    if (id >= kSpecialTokens) words.push_back(id);
  }
  std::string text;
  const auto status = processor_.Decode(words, &text);
  if (!status.ok()) throw TokenizerError(status.ToString());
  keep_on_one_line(text);
  return text;
}

std::string SentencePieceTokenizer::piece(int32_t id) const {
  check_id(id);
  return processor_.IdToPiece(id);
}

void SentencePieceTokenizer::check_id(int32_t id) const {
  if (id < 0 || id >= size()) {
    throw std::out_of_range("token id " + std::to_string(id) + " of a vocabulary of " +
                            std::to_string(size()));
  }
}

}  // namespace

std::shared_ptr<const Tokenizer> load_tokenizer(std::string serialized_model,
                                                const TokenizerOptions& sampling) {
  return std::make_shared<SentencePieceTokenizer>(std::move(serialized_model), sampling);
}

}  // namespace rondo
