#include "app/tasks/translation_setup.h"

#include "app/data/parallel_corpus.h"
#include "app/errors.h"
#include "app/training/parameters.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {
namespace {

using SharedTokenizer = std::shared_ptr<const Tokenizer>;

SharedTokenizer trained_on(std::initializer_list<const std::vector<std::string>*> texts,
                           const TokenizerOptions& options) {
  TokenizerTrainer trainer(options);
  for (const auto* lines : texts) {
    for (const std::string& line : *lines) trainer.add(line);
  }
  return load_tokenizer(trainer.train(), options);
}

// Vocabulary sizes come from the tokenizers, whatever the experiment said before.
void build_network(TranslationModel& model) {
  Seq2SeqOptions& options = model.experiment.model;
  options.encoder.vocab_size = model.source_tokenizer->size();
  options.decoder.vocab_size = model.target_tokenizer->size();
  torch::manual_seed(model.experiment.training.random_seed);
  try {
    model.network = Seq2Seq(options);
  } catch (const std::invalid_argument& error) {
    throw ConfigError(std::string("model: ") + error.what());
  }
}

}  // namespace

TranslationModel make_translation_model(const Experiment& experiment) {
  TranslationModel model;
  model.experiment = experiment;
  const ParallelLines lines = read_parallel_lines(experiment.data.train);
  if (experiment.tokenizer.joint) {
    model.source_tokenizer = trained_on({&lines.source, &lines.target}, experiment.tokenizer);
    model.target_tokenizer = model.source_tokenizer;
  } else {
    model.source_tokenizer = trained_on({&lines.source}, experiment.tokenizer);
    model.target_tokenizer = trained_on({&lines.target}, experiment.tokenizer);
  }
  build_network(model);
  return model;
}

TranslationModel start_from_model(const Experiment& experiment,
                                  const std::filesystem::path& model_file) {
  TranslationModel loaded = load_translation_model(model_file);
  TranslationModel model{.experiment = experiment,
                         .source_tokenizer = loaded.source_tokenizer,
                         .target_tokenizer = loaded.target_tokenizer};
  const bool joint = model.source_tokenizer == model.target_tokenizer;
  if (experiment.model.tied_embeddings && !joint) {
    throw DataError(model_file.string() + ": has two vocabularies; tied_embeddings needs one");
  }
  // The segmentations to sample from are the experiment's choice, not the file's.
  model.source_tokenizer =
      load_tokenizer(loaded.source_tokenizer->serialized(), experiment.tokenizer);
  model.target_tokenizer =
      joint ? model.source_tokenizer
            : load_tokenizer(loaded.target_tokenizer->serialized(), experiment.tokenizer);
  build_network(model);
  std::map<std::string, torch::Tensor> weights;
  for (const NamedParameter& parameter : distinct_parameters(*loaded.network)) {
    weights[parameter.name] = parameter.tensor;
  }
  try {
    copy_into(distinct_parameters(*model.network), weights, "");
  } catch (const DataError& error) {
    throw DataError(model_file.string() + ": does not fit the experiment's model: " + error.what());
  }
  return model;
}

}  // namespace rondo
