#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <iterator>

#include "app/config/experiment_keys.h"
#include "app/config/number_text.h"
#include "app/config/yaml_value.h"

// The keys that only a classifier's experiment has.
namespace rondo {
namespace {

std::string list_of(const std::vector<double>& numbers) {
  std::string list;
  for (const double number : numbers) list += (list.empty() ? "" : ", ") + number_text(number);
  return "[" + list + "]";
}

// none, balanced, or a number a label.
Key class_weights_key(ClassifyingOptions& o) {
  Key made{.name = "class_weights",
           .doc =
               "how much an example of each class counts; balanced: so that every class counts "
               "the same; a list: in the order of data.labels",
           .expects = "none, balanced, or a list of numbers, above 0"};
  made.read = [&o, expects = made.expects](const YAML::Node& node) {
    o.given_weights.clear();
    if (node.IsSequence()) {
      o.class_weights = ClassWeights::given;
      o.given_weights = read_numbers(node, node.size(), above(0));
      return;
    }
    const auto named = from_name<ClassWeights>(scalar_text(node, expects));
    if (!named || *named == ClassWeights::given) throw wrong_type(expects, node);
    o.class_weights = *named;
  };
  made.write = [&o]() -> std::optional<std::string> {
    if (o.class_weights == ClassWeights::given) return list_of(o.given_weights);
    return std::string(yaml_name(o.class_weights));
  };
  return made;
}

std::vector<Key> file_keys(LabelledDataOptions& o) {
  return {
      required(key("train", o.train, "file to learn from, plain or .gz")),
      required(key("dev", o.dev, "file to validate on")),
      key("test", o.test, "file to evaluate on in the end, if any"),
      key("format", o.records.format,
          "auto: by the file's ending; csv: quoted as in RFC 4180; jsonl: an object a line; "
          "fasttext: lines that begin with __label__NAME"),
      key("text_column", o.records.text_column,
          "the text's column or key, by its name or number from 1"),
      key("header", o.records.header,
          "the first line names the columns; so it does where a column is given by name"),
      key("max_length", o.max_length, at_least(1),
          "pieces; longer training text is cropped and counted"),
      key("on_error", o.on_error,
          "a record that cannot be used ends training, or is left out and counted"),
  };
}

std::vector<Key> label_keys(LabelledDataOptions& o) {
  return {
      key("label_column", o.records.label_column, "the label's, as text_column"),
      key("weight_column", o.records.weight_column,
          "how much an example counts, as text_column; empty = 1"),
      key("targets", o.targets,
          "classes: one of several; multi_label: any of several; ordinal: one of several in the "
          "order of labels; value: a number"),
      list_key("labels", o.labels, "their order; empty = those of the training text, sorted"),
      key("label_separator", o.label_separator, "multi_label: between the labels of one field"),
  };
}

std::vector<Key> encoder_model_keys(ClassifierOptions& o) {
  return {
      key("init_rnn_orthogonal", o.init_rnn_orthogonal,
          "recurrent matrices begin orthogonal (Saxe et al. 2014)"),
      key("lstm_forget_gate", o.lstm_forget_gate, any_value(),
          "initial bias of LSTM forget gates (Jozefowicz et al. 2015)"),
      chrono_key(o.chrono_init),
      encoder_keys(o.encoder),
  };
}

}  // namespace

Key labelled_data_keys(LabelledDataOptions& o) {
  std::vector<Key> keys = file_keys(o);
  std::ranges::move(label_keys(o), std::back_inserter(keys));
  return section("data", "labelled text, a record a line", std::move(keys));
}

Key text_data_keys(LabelledDataOptions& o) {
  return section("data", "text, a record a line; labels are not read", file_keys(o));
}

Key language_model_keys(ClassifierOptions& o) {
  std::vector<Key> keys = encoder_model_keys(o);
  keys.push_back(key("output_dropout", o.output_dropout, probability(),
                     "on the features that meet the vocabulary"));
  return section("model", "predicts each piece from those before it, and from those after it",
                 std::move(keys));
}

Key classifier_keys(ClassifierOptions& o) {
  Key outputs = key("outputs", o.outputs, at_least(0), "set by the labels; leave it out");
  outputs.derived = true;
  outputs.write = [&o]() -> std::optional<std::string> {
    return o.outputs == 0 ? std::nullopt : std::optional(number_text(o.outputs));
  };
  Key head = section(
      "classifier", "from the encoder's states to the labels",
      {
          key("pooling", o.pooling,
              "how the states become one vector; concat: last, max and mean (Howard & Ruder 2018); "
              "attention: a weighted mean (Yang et al. 2016)"),
          key("attention_heads", o.attention_heads, at_least(1), "of pooling attention"),
          key("output_dropout", o.output_dropout, probability(), "on the pooled vector"),
          key("members", o.members, at_least(1),
              "networks that learn side by side and answer together: an ensemble in one file"),
          outputs,
      });
  std::vector<Key> keys = encoder_model_keys(o);
  keys.push_back(std::move(head));
  return section("model", "the classifier", std::move(keys));
}

std::vector<Key> classifying_keys(ClassifyingOptions& o, TrainingOptions& training) {
  return {
      class_weights_key(o),
      key("focal_gamma", o.loss.focal_gamma, at_least(0),
          "easy examples count (1 - p)^gamma (Lin et al. 2017); 0 = off"),
      key("adversarial_epsilon", o.adversarial_epsilon, at_least(0),
          "a second pass over embeddings moved this far against the loss (Miyato et al. 2017); "
          "0 = off"),
      key("pretrained_vectors", o.pretrained_vectors,
          "word vectors to begin with, as text (GloVe, word2vec or fastText .vec, plain or .gz); "
          "needs "
          "tokenizer.model_type word; empty = none"),
      key("discriminative_factor", training.discriminative_factor, above(0),
          "each layer further from the output learns at this times the rate of the one before it "
          "(Howard & Ruder 2018 have 1/2.6); 1 = off"),
      key("gradual_unfreezing", training.gradual_unfreezing, at_least(0),
          "epochs until one more layer learns, from the output down (Howard & Ruder 2018); 0 = "
          "off"),
      key("calibrate", o.calibrate,
          "fits testing.temperature on the development text (Guo et al. 2017)"),
      key("choose_threshold", o.choose_threshold,
          "two classes: chooses testing.threshold on the development text by this"),
  };
}

Key scoring_keys(ScoringOptions& o) {
  return section(
      "testing", "how text is scored",
      {
          key("batch_size", o.batch_size, at_least(1), "pieces scored at once, with padding"),
          key("max_length", o.max_length, at_least(2), "pieces; longer text is read in windows"),
          key("window_overlap", o.window_overlap, at_least(0),
              "pieces that neighbouring windows share"),
          key("temperature", o.temperature, above(0),
              "logits are divided by it; fitted on the development text unless calibrate is false"),
          key("threshold", o.threshold, closed(0, 1),
              "probability from which the second of two classes, or a label, is taken"),
      });
}

}  // namespace rondo
