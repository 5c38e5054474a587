#include "tests/app/storage/small_model.h"

#include <vector>

#include "app/config/load.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {
namespace {

constexpr const char* kConfig =
    "name: small\n"
    "data: {src: {lang: de}, trg: {lang: en}, train: train, dev: dev}\n";

std::shared_ptr<const Tokenizer> characters(const std::vector<std::string>& lines, int64_t size) {
  const TokenizerOptions options{.model_type = TokenizerModel::character, .vocab_size = size};
  return load_tokenizer(train_tokenizer(lines, options));
}

void make_small(Seq2SeqOptions& options) {
  options.encoder.embedding_dim = options.decoder.embedding_dim = 6;
  options.encoder.hidden_size = 4;
  options.decoder.hidden_size = 8;
}

}  // namespace

TranslationModel small_model(bool joint, DecoderType decoder) {
  TranslationModel model{.experiment = parse_experiment(kConfig, "small.yaml")};
  model.experiment.tokenizer.model_type = TokenizerModel::character;
  model.source_tokenizer = characters({"abcdefgh", "hgfedcba"}, 12);
  model.target_tokenizer = joint ? model.source_tokenizer : characters({"uvwxyz", "zyxwvu"}, 10);
  Seq2SeqOptions& options = model.experiment.model;
  make_small(options);
  options.decoder.type = decoder;
  options.encoder.vocab_size = model.source_tokenizer->size();
  options.decoder.vocab_size = model.target_tokenizer->size();
  torch::manual_seed(3);
  model.network = Seq2Seq(options);
  return model;
}

}  // namespace rondo
