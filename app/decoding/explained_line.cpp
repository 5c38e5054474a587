#include "app/decoding/explained_line.h"

#include <numeric>

#include "app/decoding/text_windows.h"
#include "app/storage/sentiment_model.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/text_cleaning.h"

namespace rondo {
namespace {

// A text as the network reads it.
struct PieceText {
  std::vector<int32_t> ids;    // </s> last
  std::vector<int64_t> words;  // [pieces], likewise: each one's word, -1 for </s>
};

// A window of the text, its words counted from its own first one.
PieceText part_of(std::span<const int32_t> ids, std::span<const int64_t> words,
                  const TextWindow& window) {
  PieceText part;
  for (int64_t i = window.begin; i < window.end; ++i) {
    part.ids.push_back(ids[static_cast<size_t>(i)]);
    part.words.push_back(words[static_cast<size_t>(i)] - words[static_cast<size_t>(window.begin)]);
  }
  part.ids.push_back(kEosId);
  part.words.push_back(-1);
  return part;
}

WordWeights explain_words(SentimentModel& model, const std::string& text,
                          const ExplainOptions& options, const ScoringOptions& scoring) {
  const auto ids = model.tokenizer->encode(text);
  const TextWords words = words_of_text(text, model.tokenizer->spans(text));
  const auto size = static_cast<int64_t>(ids.size());
  std::vector<double> weights(ids.size() + 1, 0.0);  // </s> last
  for (const auto& window : text_windows(size, scoring.max_length, scoring.window_overlap)) {
    const PieceText part = part_of(ids, words.of_piece, window);
    const auto found = piece_weights(*model.network, part.ids, part.words, options);
    for (size_t i = 0; i + 1 < found.size(); ++i) {
      weights[static_cast<size_t>(window.begin) + i] += window.share * found[i];
    }
    weights.back() += window.share * found.back();
  }
  return add_up_words(words, weights);
}

// The number of the label that is shown; 0 for a value.
size_t shown_label(const Scored& scored, TargetType targets) {
  if (targets == TargetType::value) return 0;
  return static_cast<size_t>(targets == TargetType::multi_label
                                 ? labels_by_probability(scored.probabilities).front()
                                 : scored.decided.front());
}

}  // namespace

Explanation explain_line(SentimentModel& model, const std::string& line, const Scored& scored,
                         ExplainMethod method, const ScoringOptions& scoring) {
  const TargetType targets = model.experiment.labelled.targets;
  const size_t shown = shown_label(scored, targets);
  const bool all = targets == TargetType::ordinal;
  Explanation explanation{.method = method, .text = replace_invalid_utf8(line)};
  if (targets != TargetType::value) explanation.label = model.experiment.labelled.labels[shown];
  explanation.probability = scored.probabilities[shown];
  explanation.logit = all ? std::accumulate(scored.logits.begin(), scored.logits.end(), 0.0) /
                                static_cast<double>(scored.logits.size())
                          : scored.logits[shown];
  explanation.weights = explain_words(model, explanation.text,
                                      {.method = method,
                                       .output = all ? kAllOutputs : static_cast<int64_t>(shown),
                                       .batch_size = scoring.batch_size},
                                      scoring);
  return explanation;
}

}  // namespace rondo
