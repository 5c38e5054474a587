#include "app/config/checks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "app/config/names.h"
#include "app/config/number_text.h"
#include "app/config/unknown_key.h"
#include "app/errors.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// Complains about keys; those left at their default have no line to name.
class Complaints {
 public:
  Complaints(const Entries& entries, const std::string& file) : entries_(entries), file_(file) {}

  bool given(const std::string& path) const { return entries_.contains(path); }

  void reject_if(bool wrong, const std::string& path, const std::string& why) const {
    if (!wrong) return;
    const auto entry = entries_.find(path);
    const std::string where = entry == entries_.end() ? file_ + ": " + path : entry->second.where;
    throw ConfigError(where + ": " + why);
  }

 private:
  const Entries& entries_;
  const std::string& file_;
};

void check_keys(const Key& section, const Complaints& complaints, const std::string& path) {
  for (const Key& key : section.keys) {
    const std::string own = joined_path(path, key.name);
    complaints.reject_if(key.required && !complaints.given(own), own, "required; " + key.doc);
    check_keys(key, complaints, own);
  }
}

void check_files(const Complaints& complaints, const std::string& name, bool required) {
  const std::string path = "data." + name;
  if (complaints.given(path)) return;
  const bool source = complaints.given(path + "_src"), target = complaints.given(path + "_trg");
  complaints.reject_if(required && !source && !target, path,
                       "required; a path without its language, as text/train for text/train.en");
  complaints.reject_if(target && !source, path + "_src", "required beside " + path + "_trg");
  complaints.reject_if(source && !target, path + "_trg", "required beside " + path + "_src");
}

void check_timeout(const Experiment& experiment, const Complaints& complaints) {
  complaints.reject_if(experiment.training.timeout.unit != Duration::Unit::seconds,
                       "training.timeout", "a time, such as 30s or 5min");
}

void check_model(const Experiment& experiment, const Complaints& complaints) {
  const EncoderOptions& encoder = experiment.model.encoder;
  const DecoderOptions& decoder = experiment.model.decoder;
  const bool tied = experiment.model.tied_embeddings;
  complaints.reject_if(tied && !experiment.tokenizer.joint, "model.tied_embeddings",
                       "needs one vocabulary for both languages: set tokenizer.joint to true");
  complaints.reject_if(tied && encoder.embedding_dim != decoder.embedding_dim,
                       "model.tied_embeddings",
                       "needs model.encoder.embedding_dim (" + number_text(encoder.embedding_dim) +
                           ") and model.decoder.embedding_dim (" +
                           number_text(decoder.embedding_dim) + ") to be equal");
  const int64_t width = encoder.hidden_size * (encoder.bidirectional ? 2 : 1);
  const bool product =
      decoder.attention == AttentionType::dot || decoder.attention == AttentionType::scaled_dot;
  complaints.reject_if(
      product && decoder.type != DecoderType::vanilla && decoder.hidden_size != width,
      "model.decoder.attention",
      std::string(yaml_name(decoder.attention)) + " needs model.decoder.hidden_size (" +
          number_text(decoder.hidden_size) + ") to equal the width of the encoder's states (" +
          number_text(width) + "); or use general or additive");
}

void check_tokenizer(const TokenizerOptions& tokenizer, const Complaints& complaints) {
  const bool samples = tokenizer.model_type == TokenizerModel::unigram ||
                       tokenizer.model_type == TokenizerModel::bpe;
  complaints.reject_if(tokenizer.alpha > 0 && !samples, "tokenizer.alpha",
                       "only unigram and bpe can draw segmentations; must be 0 here");
  complaints.reject_if(tokenizer.alpha > 1 && tokenizer.model_type == TokenizerModel::bpe,
                       "tokenizer.alpha", "with bpe it is a probability; it must be in [0, 1]");
}

// The divergence of two passes compares whole distributions.
void check_softmax(const TrainingOptions& training, const Complaints& complaints) {
  complaints.reject_if(training.sampled_softmax > 0 && training.r_drop_alpha > 0,
                       "training.sampled_softmax",
                       "training.r_drop_alpha compares probabilities of the whole vocabulary; "
                       "one of the two must be 0");
}

// What goes with a model or an encoder to start from.
void check_start(const TrainingOptions& training, const Complaints& complaints) {
  const bool model = !training.load_model.empty(), encoder = !training.load_encoder.empty();
  complaints.reject_if(model && encoder, "training.load_encoder",
                       "training.load_model brings its own encoder; give one of the two");
  complaints.reject_if(training.reset_tokenizer && !model && !encoder, "training.reset_tokenizer",
                       "there is no other tokenizer: training.load_model and "
                       "training.load_encoder are empty");
  complaints.reject_if(training.reset_tokenizer && !training.reset_optimizer,
                       "training.reset_optimizer",
                       "the moments of a checkpoint do not fit a new vocabulary; it must be true "
                       "with training.reset_tokenizer");
  for (const std::string& name : training.freeze) {
    complaints.reject_if(name.empty(), "training.freeze", "a name is empty, which would mean all");
  }
}

// A tag is one piece of the vocabulary, beside the special ones.
void check_tags(const DataOptions& data, const Complaints& complaints) {
  constexpr std::array<std::string_view, 4> kTaken{kPadPiece, kUnkPiece, kBosPiece, kEosPiece};
  for (const ExtraText& extra : data.extra) {
    complaints.reject_if(
        extra.tag.find_first_of(" \t,\"") != std::string::npos, "data.extra",
        "the tag '" + extra.tag + "' must be one word without commas or quotes, as <bt>");
    complaints.reject_if(
        std::ranges::find(kTaken, extra.tag) != kTaken.end(), "data.extra",
        "the tag '" + extra.tag + "' has a meaning already; take another, as <bt>");
  }
}

void check_search(const SearchOptions& search, const Complaints& complaints) {
  complaints.reject_if(search.n_best > search.beam_size, "testing.n_best",
                       number_text(search.n_best) + " is more than testing.beam_size (" +
                           number_text(search.beam_size) + ")");
  complaints.reject_if(
      search.min_length_ratio > search.max_length_ratio, "testing.min_length_ratio",
      number_text(search.min_length_ratio) + " is more than testing.max_length_ratio (" +
          number_text(search.max_length_ratio) + ")");
}

// A validation that never measures its metric would keep no model.
void check_metric(const Experiment& experiment, const Complaints& complaints) {
  const std::vector<Metric> measured = measured_metrics(experiment);
  std::string names;
  for (const Metric metric : measured) {
    names += (names.empty() ? "" : ", ") + std::string(yaml_name(metric));
  }
  const Metric chosen = experiment.training.early_stopping_metric;
  complaints.reject_if(std::ranges::find(measured, chosen) == measured.end(),
                       "training.early_stopping_metric",
                       std::string(yaml_name(chosen)) +
                           " is not measured by this task; it must be "
                           "one of " +
                           names);
}

void check_classifying(const Experiment& experiment, const Complaints& complaints) {
  const LabelledDataOptions& data = experiment.labelled;
  const ClassifyingOptions& options = experiment.classifying;
  const bool classes = data.targets == TargetType::classes;
  complaints.reject_if(experiment.training.r_drop_alpha > 0 && !classes, "training.r_drop_alpha",
                       "compares the probabilities of classes; data.targets must be classes");
  complaints.reject_if(options.class_weights != ClassWeights::none && !classes,
                       "training.class_weights", "data.targets must be classes");
  complaints.reject_if(options.class_weights == ClassWeights::given &&
                           options.given_weights.size() != data.labels.size(),
                       "training.class_weights",
                       "has " + number_text(options.given_weights.size()) +
                           " numbers, but data.labels " + number_text(data.labels.size()) +
                           " names; their order must be given");
  const bool vectors = !options.pretrained_vectors.empty();
  complaints.reject_if(vectors && experiment.tokenizer.model_type != TokenizerModel::word,
                       "training.pretrained_vectors",
                       "are vectors of words: set tokenizer.model_type to word");
  complaints.reject_if(vectors && !experiment.training.load_encoder.empty(),
                       "training.pretrained_vectors",
                       "training.load_encoder brings its own embedding; give one of the two");
  complaints.reject_if(data.targets == TargetType::value && !data.labels.empty(), "data.labels",
                       "has no meaning where data.targets is value");
  complaints.reject_if(data.labels.size() == 1, "data.labels", "a classifier needs two labels");
  complaints.reject_if(experiment.scoring.window_overlap >= experiment.scoring.max_length,
                       "testing.window_overlap", "must be less than testing.max_length");
}

}  // namespace

std::vector<Metric> measured_metrics(const Experiment& experiment) {
  if (experiment.task == TaskType::translation) {
    return {Metric::loss, Metric::ppl, Metric::bleu, Metric::chrf};
  }
  if (experiment.task == TaskType::language_model) return {Metric::loss, Metric::ppl};
  if (experiment.task == TaskType::memory) return {Metric::loss, Metric::accuracy};
  switch (experiment.labelled.targets) {
    case TargetType::multi_label:
      return {Metric::loss, Metric::accuracy, Metric::macro_f1, Metric::micro_f1};
    case TargetType::ordinal:
      return {Metric::loss, Metric::accuracy, Metric::macro_f1, Metric::mcc, Metric::mae};
    case TargetType::value:
      return {Metric::loss, Metric::mae, Metric::rmse, Metric::pearson, Metric::spearman};
    case TargetType::classes:
      break;
  }
  return {Metric::loss, Metric::accuracy, Metric::macro_f1, Metric::mcc, Metric::auc};
}

void check_required(const Key& root, const Experiment& experiment, const Entries& entries,
                    const std::string& file) {
  const Complaints complaints(entries, file);
  check_keys(root, complaints, "");
  if (experiment.task != TaskType::translation) return;
  check_files(complaints, "train", true);
  check_files(complaints, "dev", true);
  check_files(complaints, "test", false);
}

void check_consistent(const Experiment& experiment, const Entries& entries,
                      const std::string& file) {
  const Complaints complaints(entries, file);
  check_tokenizer(experiment.tokenizer, complaints);
  check_metric(experiment, complaints);
  check_start(experiment.training, complaints);
  check_timeout(experiment, complaints);
  if (experiment.task == TaskType::translation) {
    check_model(experiment, complaints);
    check_tags(experiment.data, complaints);
    check_search(experiment.testing.search, complaints);
    check_softmax(experiment.training, complaints);
  } else if (experiment.task == TaskType::sentiment) {
    check_classifying(experiment, complaints);
  }
  complaints.reject_if(experiment.name.empty() && !complaints.given("model_dir"), "name",
                       "must not be empty, or model_dir must be given");
  const TrainingOptions& training = experiment.training;
  complaints.reject_if(
      training.learning_rate_min > training.learning_rate, "training.learning_rate_min",
      number_text(training.learning_rate_min) + " is more than training.learning_rate (" +
          number_text(training.learning_rate) + ")");
}

}  // namespace rondo
