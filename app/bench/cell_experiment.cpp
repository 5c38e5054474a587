#include "app/bench/cell_experiment.h"

#include <filesystem>

#include "app/config/names.h"
#include "app/errors.h"

namespace rondo {
namespace {

template <class E>
E by_name_of(const std::string& name) {
  for (const auto& [value, known] : kNames<E>) {
    if (name == known) return value;
  }
  throw ConfigError("bench: there is no " + name);
}

ParallelFiles files_of(const CellSettings& settings, const std::string& part) {
  return {.source = text_file(settings, part + ".src"),
          .target = text_file(settings, part + ".trg")};
}

Seq2SeqOptions model_of(const CellSettings& settings) {
  Seq2SeqOptions model;
  model.tied_softmax = settings.tied_softmax;
  const auto cell = by_name_of<RnnType>(settings.rnn_type);
  model.encoder = {.vocab_size = settings.vocabulary,
                   .embedding_dim = settings.embedding,
                   .rnn_type = cell,
                   .hidden_size = settings.hidden,
                   .dropout = settings.dropout,
                   .embedding_dropout = settings.dropout};
  model.decoder = {.type = by_name_of<DecoderType>(settings.decoder),
                   .vocab_size = settings.vocabulary,
                   .embedding_dim = settings.embedding,
                   .rnn_type = cell,
                   .hidden_size = settings.decoder_hidden,
                   .num_layers = settings.layers,
                   .input_feeding = settings.input_feeding,
                   .dropout = settings.dropout,
                   .embedding_dropout = settings.dropout,
                   .output_dropout = settings.dropout};
  return model;
}

}  // namespace

std::string text_file(const CellSettings& settings, const std::string& name) {
  return (std::filesystem::path(settings.folder) / name).string();
}

std::string model_file_of(const CellSettings& settings) {
  const std::filesystem::path model(settings.model);
  return (std::filesystem::is_directory(model) ? model / "best.rondo" : model).string();
}

// The losses compared are without smoothing, so none is learnt with it either.
Experiment experiment_of(const CellSettings& settings) {
  Experiment experiment{.name = "bench", .model = model_of(settings)};
  experiment.data.train = files_of(settings, "train");
  experiment.data.dev = files_of(settings, "dev");
  experiment.data.src_lang = "src";
  experiment.data.trg_lang = "trg";
  experiment.tokenizer.vocab_size = settings.vocabulary;
  const bool by_tokens = settings.batch_tokens > 0;
  experiment.batching = {.batch_type = by_tokens ? BatchType::token : BatchType::sentence,
                         .batch_size = by_tokens ? settings.batch_tokens : settings.batch_sentences,
                         .random_seed = static_cast<uint64_t>(settings.seed)};
  TrainingOptions& training = experiment.training;
  training.random_seed = static_cast<uint64_t>(settings.seed);
  training.learning_rate = settings.learning_rate;
  if (settings.cosine) {
    training.scheduling = Scheduling::cosine;
    training.max_duration = {Duration::Unit::updates, static_cast<double>(settings.updates)};
  }
  training.label_smoothing = 0;
  training.precision = by_name_of<Precision>(settings.precision);
  training.num_threads = settings.threads;
  return experiment;
}

}  // namespace rondo
