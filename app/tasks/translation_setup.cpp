#include "app/tasks/translation_setup.h"

#include <cmath>

#include "app/data/corpus_mix.h"
#include "app/data/line_reader.h"
#include "app/errors.h"
#include "app/tasks/loaded_encoder.h"
#include "app/tasks/model_fit.h"
#include "app/tasks/piece_mapping.h"
#include "app/tasks/task_setup.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {
namespace {

int64_t add_lines(const std::string& path, TokenizerTrainer& trainer) {
  LineReader reader(path);
  std::string line;
  while (reader.next(line)) trainer.add(line);
  return reader.line_number();
}

// Each side's lines go to its trainer, which may be the same, one by one: the text may be larger
// than memory.
void add_pairs(const ParallelFiles& files, TokenizerTrainer& source, TokenizerTrainer& target) {
  const std::string source_path = existing_text_file(files.source);
  const std::string target_path = existing_text_file(files.target);
  const int64_t sources = add_lines(source_path, source);
  const int64_t targets = add_lines(target_path, target);
  check_line_counts(source_path, sources, target_path, targets);
}

// On the training text alone, so that what is mixed in does not change the vocabulary.
void train_tokenizers(TranslationModel& model, Notes* notes) {
  const DataOptions& data = model.experiment.data;
  const TokenizerOptions& options = model.experiment.tokenizer;
  const std::vector<std::string> tags = tags_of(data);
  TokenizerTrainer source(options, tags), target(options);
  add_pairs(data.train, source, options.joint ? source : target);
  model.source_tokenizer = load_tokenizer(source.train(), options);
  model.target_tokenizer =
      options.joint ? model.source_tokenizer : load_tokenizer(target.train(), options);
  if (data.extra.empty()) return;
  std::string line = "the tokenizer knows the training text alone, not the extra text";
  if (!tags.empty()) line += ", and has a piece for";
  for (const std::string& tag : tags) line += " " + tag;
  note(notes, line);
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

// An embedding that served both sides of a file may begin those of a model with one for each.
void part_embedding(Weights& weights) {
  const auto tied = weights.find("embedding.weight");
  if (tied == weights.end()) return;
  const torch::Tensor embedding = tied->second;
  weights.emplace("source_embedding.weight", embedding);
  weights.emplace("target_embedding.weight", embedding);
}

Weights weights_for(const TranslationModel& model, const TranslationModel& loaded,
                    const std::string& where) {
  const bool tied = loaded.experiment.model.tied_embeddings;
  if (model.experiment.model.tied_embeddings && !tied) {
    throw DataError(where + ": has an embedding for each side; set model.tied_embeddings to false");
  }
  Weights weights = weights_of(*loaded.network);
  part_embedding(weights);
  return weights;
}

// Replaces the old rows of these weights by those of the new vocabulary.
void map_weights(const PieceMapping& mapping, std::initializer_list<const char*> names,
                 const TranslationModel& model, Weights& weights) {
  const auto fresh = model.network->named_parameters();
  for (const char* name : names) {
    const auto old = weights.find(name);
    const torch::Tensor* rows = fresh.find(name);
    if (old != weights.end() && rows) old->second = mapped_rows(mapping, old->second, *rows);
  }
}

void map_vocabularies(const TranslationModel& model, const TranslationModel& loaded,
                      Weights& weights, Notes* notes) {
  const auto source = map_pieces(*loaded.source_tokenizer, *model.source_tokenizer);
  const auto target = map_pieces(*loaded.target_tokenizer, *model.target_tokenizer);
  map_weights(source, {"embedding.weight", "source_embedding.weight"}, model, weights);
  map_weights(target, {"target_embedding.weight", "decoder.output_weight", "decoder.output_bias"},
              model, weights);
  if (model.source_tokenizer == model.target_tokenizer &&
      loaded.source_tokenizer == loaded.target_tokenizer) {
    return note(notes, coverage(source));
  }
  note(notes, coverage(source, "source embeddings"));
  note(notes, coverage(target, "target embeddings"));
}

EncoderPlace encoder_place(TranslationModel& model) {
  const Seq2SeqOptions& options = model.experiment.model;
  const auto width = static_cast<double>(options.encoder.embedding_dim);
  return {.network = *model.network,
          .embedding = options.tied_embeddings ? "embedding.weight" : "source_embedding.weight",
          .embedding_scale = options.scale_embeddings ? std::sqrt(width) : 1.0};
}

void take_tokenizer(const LoadedEncoder& loaded, TranslationModel& model, Notes* notes) {
  const Experiment& experiment = model.experiment;
  model.source_tokenizer = model.target_tokenizer = loaded.tokenizer;
  if (experiment.tokenizer.joint) {
    return note(notes,
                "both languages share its vocabulary; with tokenizer.joint: false the "
                "target has its own");
  }
  TokenizerTrainer trainer(experiment.tokenizer);
  add_lines(existing_text_file(experiment.data.train.target), trainer);
  model.target_tokenizer = load_tokenizer(trainer.train(), experiment.tokenizer);
}

void begin_with_encoder(TranslationModel& model, Notes* notes) {
  const TrainingOptions& training = model.experiment.training;
  const LoadedEncoder loaded = load_encoder(training.load_encoder, model.experiment.tokenizer);
  check_fits(loaded.path, loaded.options, model.experiment.model.encoder);
  note(notes, "encoder and embedding from " + loaded.path + ", a model for " + loaded.task);
  if (!training.reset_tokenizer) {
    take_tokenizer(loaded, model, notes);
    build_network(model);
    return take_encoder(loaded, encoder_place(model));
  }
  train_tokenizers(model, notes);
  build_network(model);
  const PieceMapping mapping = map_pieces(*loaded.tokenizer, *model.source_tokenizer);
  take_encoder(loaded, encoder_place(model), &mapping);
  note(notes, coverage(mapping));
}

}  // namespace

TranslationModel make_translation_model(const Experiment& experiment, Notes* notes) {
  TranslationModel model{.experiment = experiment};
  if (experiment.training.load_encoder.empty()) {
    train_tokenizers(model, notes);
    build_network(model);
  } else {
    begin_with_encoder(model, notes);
  }
  return model;
}

TranslationModel start_from_model(const Experiment& experiment,
                                  const std::filesystem::path& model_file) {
  const TranslationModel loaded = load_translation_model(model_file);
  check_fits(model_file.string(), loaded.experiment.model, experiment.model);
  TranslationModel model{.experiment = experiment};
  const bool joint = loaded.source_tokenizer == loaded.target_tokenizer;
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
  take_weights(weights_for(model, loaded, model_file.string()), *model.network,
               model_file.string());
  return model;
}

TranslationModel start_with_new_tokenizer(const Experiment& experiment,
                                          const std::filesystem::path& model_file, Notes* notes) {
  const TranslationModel loaded = load_translation_model(model_file);
  check_fits(model_file.string(), loaded.experiment.model, experiment.model);
  TranslationModel model{.experiment = experiment};
  train_tokenizers(model, notes);
  build_network(model);
  Weights weights = weights_for(model, loaded, model_file.string());
  map_vocabularies(model, loaded, weights, notes);
  take_weights(weights, *model.network, model_file.string());
  return model;
}

}  // namespace rondo
