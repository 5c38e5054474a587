#include "tokenizers/sentencepiece_trainer.h"

#include <sentencepiece_trainer.h>

#include <regex>
#include <unordered_map>

#include "tokenizers/special_tokens.h"
#include "tokenizers/text_cleaning.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

// SentencePiece adds up its counts thread by thread, so their number changes the model a little.
// A fixed default keeps the model the same on every machine.
constexpr int64_t kDefaultThreads = 16;

// Its BPE trainer keeps positions in 16 bits and ends the program beyond.
constexpr size_t kMaxLineBytes = 65'000;

// U+2585, by which it marks unknown characters; it leaves out lines that hold one.
constexpr std::string_view kReserved = "\xE2\x96\x85";

std::string text(bool value) { return value ? "true" : "false"; }

std::string normalization(const TokenizerOptions& options) {
  return options.lowercase ? "nmt_nfkc_cf" : "nmt_nfkc";
}

// As SentencePiece takes a list.
std::string comma_separated(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ",") + text;
  return list;
}

std::unordered_map<std::string, std::string> trainer_arguments(
    const TokenizerOptions& options, const std::vector<std::string>& symbols) {
  const bool subwords =
      options.model_type == TokenizerModel::unigram || options.model_type == TokenizerModel::bpe;
  const int64_t threads = options.num_threads > 0 ? options.num_threads : kDefaultThreads;
  return {
      {"model_type", std::string(name_of(options.model_type))},
      {"vocab_size", std::to_string(options.vocab_size)},
      {"character_coverage", std::to_string(options.character_coverage)},
      {"byte_fallback", text(options.byte_fallback)},
      {"normalization_rule_name", normalization(options)},
      {"num_threads", std::to_string(threads)},
      {"max_sentence_length", std::to_string(kMaxLineBytes)},
      {"hard_vocab_limit", text(subwords)},  // characters and words may be fewer
      {"pad_id", std::to_string(kPadId)},
      {"unk_id", std::to_string(kUnkId)},
      {"bos_id", std::to_string(kBosId)},
      {"eos_id", std::to_string(kEosId)},
      {"pad_piece", std::string(kPadPiece)},
      {"unk_piece", std::string(kUnkPiece)},
      {"bos_piece", std::string(kBosPiece)},
      {"eos_piece", std::string(kEosPiece)},
      {"user_defined_symbols", comma_separated(symbols)},
      {"minloglevel", "3"},  // errors come back as a status, progress is nobody's
  };
}

// Turns SentencePiece's message, which names its source lines and flags, into ours.
std::string explain(const std::string& message, const TokenizerOptions& options) {
  const std::string asked = "tokenizer.vocab_size " + std::to_string(options.vocab_size);
  std::smatch match;
  if (std::regex_search(message, match, std::regex("set it to a value <= (\\d+)"))) {
    return asked + " is larger than the text allows; the largest possible is " + match[1].str();
  }
  if (std::regex_search(message, match,
                        std::regex("smaller than required_chars\\. \\d+ vs (\\d+)"))) {
    return asked + " is smaller than the text's characters; the smallest possible is " +
           match[1].str() + ", or lower tokenizer.character_coverage";
  }
  return "the tokenizer cannot be trained: " + message;
}

void check_ranges(const TokenizerOptions& options, int64_t symbols) {
  const int64_t smallest = kSpecialTokens + symbols + (options.byte_fallback ? 256 : 0) + 1;
  if (options.vocab_size < smallest) {
    throw TokenizerError("tokenizer.vocab_size must be at least " + std::to_string(smallest));
  }
  if (options.character_coverage < 0.98 || options.character_coverage > 1.0) {
    throw TokenizerError("tokenizer.character_coverage must lie in [0.98, 1]");
  }
}

}  // namespace

std::string_view name_of(TokenizerModel type) {
  switch (type) {
    case TokenizerModel::unigram:
      return "unigram";
    case TokenizerModel::bpe:
      return "bpe";
    case TokenizerModel::character:
      return "char";
    case TokenizerModel::word:
      return "word";
  }
  return "?";
}

TokenizerTrainer::TokenizerTrainer(const TokenizerOptions& options,
                                   std::vector<std::string> symbols)
    : options_(options), symbols_(std::move(symbols)), generator_(options.random_seed) {
  check_ranges(options_, static_cast<int64_t>(symbols_.size()));
  for (const std::string& symbol : symbols_) {
    if (!symbol.empty() && symbol.find_first_of(" \t,\"") == std::string::npos) continue;
    throw TokenizerError("'" + symbol + "' cannot be a piece: no spaces, commas or quotes");
  }
}

void TokenizerTrainer::add(std::string_view line) {
  if (line.size() > kMaxLineBytes || line.find(kReserved) != std::string_view::npos) return;
  ++lines_seen_;
  const int64_t capacity = options_.input_sentence_size;
  if (capacity == 0 || lines_seen_ <= capacity) {
    sample_.push_back(replace_invalid_utf8(line));
    return;
  }
  // The n-th line stays with probability capacity / n, in the place of a random earlier one.
  const uint64_t place = generator_() % static_cast<uint64_t>(lines_seen_);
  if (place < static_cast<uint64_t>(capacity)) sample_[place] = replace_invalid_utf8(line);
}

// SentencePiece ends the program on a text of which normalization leaves nothing.
void TokenizerTrainer::check_text() const {
  sentencepiece::SentencePieceNormalizer normalizer;
  const auto status = normalizer.LoadFromRuleName(normalization(options_));
  if (!status.ok()) throw TokenizerError(status.ToString());
  for (const std::string& line : sample_) {
    if (!normalizer.Normalize(line).empty()) return;
  }
  throw TokenizerError("the tokenizer cannot be trained: there is no text");
}

std::string TokenizerTrainer::train() {
  check_text();
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(
      trainer_arguments(options_, symbols_), sample_, &model);
  if (!status.ok()) throw TokenizerError(explain(status.ToString(), options_));
  return model;
}

std::string train_tokenizer(std::span<const std::string> lines, const TokenizerOptions& options) {
  TokenizerTrainer trainer(options);
  for (const std::string& line : lines) trainer.add(line);
  return trainer.train();
}

}  // namespace rondo
