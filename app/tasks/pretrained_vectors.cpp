#include "app/tasks/pretrained_vectors.h"

#include <string_view>
#include <vector>

#include "app/data/line_reader.h"
#include "app/data/word_vectors.h"
#include "app/errors.h"
#include "app/metrics/unicode_text.h"
#include "app/storage/model_summary.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr std::string_view kOption = "training.pretrained_vectors: ";
constexpr std::string_view kWordBegin = "\xE2\x96\x81";  // U+2581, SentencePiece's space
constexpr std::string_view kByteBegin = "<0x";           // pieces of tokenizer.byte_fallback

// The words of a vocabulary and their ids.
struct WholeWords {
  std::vector<std::string> words{};
  std::vector<int64_t> ids{};
};

// Only a vocabulary of whole words has no piece that goes on within one.
WholeWords whole_words(const Tokenizer& tokenizer) {
  WholeWords found;
  for (int32_t id = kSpecialTokens; id < tokenizer.size(); ++id) {
    const std::string piece = tokenizer.piece(id);
    if (piece == kWordBegin || piece.starts_with(kByteBegin)) continue;
    if (!piece.starts_with(kWordBegin)) {
      throw ConfigError(std::string(kOption) + "needs a vocabulary of whole words; set " +
                        "tokenizer.model_type to word");
    }
    found.words.push_back(piece.substr(kWordBegin.size()));
    found.ids.push_back(id);
  }
  return found;
}

void check_vector_size(const std::string& file, int64_t wanted) {
  const int64_t dim = word_vector_dim(file);
  if (dim == wanted) return;
  throw ConfigError(std::string(kOption) + file + ": has vectors of " + std::to_string(dim) +
                    " numbers; model.encoder.embedding_dim is " + std::to_string(wanted));
}

std::string unicode_lower_case(std::string_view word) {
  return encode_utf8(lowercase(decode_utf8(word)));
}

double deviation(const torch::Tensor& numbers) {
  return numbers.to(torch::kFloat64).std(/*unbiased=*/false).item<double>();
}

// Published vectors spread narrower or several times wider than a fresh embedding (GloVe's wider).
// As they stand, gates might begin saturated, words that the file lacks would weigh less or more
// than the others, and a learning rate that is right without vectors would be wrong with them; so
// they get the spread of what they replace.
// vectors [words, dim] float32; ids [words] int64.
void replace_rows(const torch::Tensor& vectors, const torch::Tensor& ids,
                  const torch::Tensor& weight) {
  const double fresh = deviation(weight.slice(0, kUnkId));  // the row of padding is zero
  const double published = deviation(vectors);
  const auto scaled = published > 0 ? vectors * (fresh / published) : vectors;
  weight.index_copy_(0, ids.to(weight.device()), scaled.to(weight.device(), weight.scalar_type()));
}

}  // namespace

std::string load_pretrained_vectors(const std::string& path, const Tokenizer& tokenizer,
                                    torch::TensorList weights) {
  const std::string file = existing_text_file(path);
  const WholeWords vocabulary = whole_words(tokenizer);
  for (const auto& weight : weights) check_vector_size(file, weight.size(1));
  WordVectors known = read_word_vectors(file, vocabulary.words, {.lower_case = unicode_lower_case});
  const auto words = static_cast<int64_t>(vocabulary.words.size());
  const auto matches = torch::from_blob(known.found.data(), {words}, torch::kUInt8);
  const auto found = matches.nonzero().flatten();
  const auto ids = torch::tensor(vocabulary.ids, torch::kInt64).index_select(0, found);
  const auto vectors = torch::from_blob(known.values.data(), {words, known.dim}, torch::kFloat32)
                           .index_select(0, found);
  const torch::NoGradGuard no_grad;
  for (const auto& weight : weights) replace_rows(vectors, ids, weight);
  return "pretrained vectors: " + grouped_digits(known.found_count()) + " of " +
         grouped_digits(words) + " words found in " + file;
}

}  // namespace rondo
