#include "app/tasks/translation_setup.h"

#include "app/data/parallel_corpus.h"
#include "app/errors.h"
#include "app/tasks/task_setup.h"
#include "tokenizers/sentencepiece_tokenizer.h"

namespace rondo {
namespace {

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
    model.source_tokenizer = train_tokenizer({&lines.source, &lines.target}, experiment.tokenizer);
    model.target_tokenizer = model.source_tokenizer;
  } else {
    model.source_tokenizer = train_tokenizer({&lines.source}, experiment.tokenizer);
    model.target_tokenizer = train_tokenizer({&lines.target}, experiment.tokenizer);
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
  take_weights(*loaded.network, *model.network, model_file.string());
  return model;
}

}  // namespace rondo
