#include "app/data/corpus_mix.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "app/config/number_text.h"
#include "app/data/epoch_shuffle.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// Keeps the draws of two texts, and the order of the batches, apart.
constexpr uint64_t kSeedStep = 0x9E3779B97F4A7C15ULL;

// Pairs an epoch from the fraction of a weight; a text always gives something.
int64_t fraction_count(int64_t pairs, double weight) {
  const double fraction = weight - std::floor(weight);
  const auto count = std::llround(fraction * static_cast<double>(pairs));
  return weight < 1 ? std::max<int64_t>(count, 1) : count;
}

// The tag goes in as ids, not as text: behind a space that SentencePiece puts first it would
// be two pieces.
void encode_tag(const Tokenizer& tokenizer, MixedText& text) {
  const std::string& tag = text.options.tag;
  if (tag.empty()) return;
  const int32_t symbol = tokenizer.id(tag);
  text.tag = symbol == kUnkId ? tokenizer.encode(tag) : std::vector<int32_t>{symbol};
  if (symbol != kUnkId) return;
  std::string pieces;
  for (const int32_t id : text.tag) pieces += " " + tokenizer.piece(id);
  text.tag_warning = "warning: the vocabulary has no piece " + tag + ", which becomes" + pieces +
                     "; training.reset_tokenizer: true makes it one";
}

template <typename T>
void append(std::vector<T>& all, std::vector<T>& more) {
  std::ranges::move(more, std::back_inserter(all));
}

void append(ParallelCorpus& all, ParallelCorpus more) {
  if (all.size() == 0) {
    all = std::move(more);
    return;
  }
  all.source.append(more.source);
  all.target.append(more.target);
  append(all.source_lines, more.source_lines);
  append(all.target_lines, more.target_lines);
  all.lines_read += more.lines_read;
  all.dropped_empty += more.dropped_empty;
  all.dropped_long += more.dropped_long;
}

std::string extra_line(const MixedText& text) {
  return "extra text " + text.options.files.source + ": " + counts(text) + "; " + weight_text(text);
}

}  // namespace

std::vector<int64_t> draw_pairs(int64_t pairs, double weight, uint64_t seed, int64_t epoch) {
  std::vector<int64_t> all(static_cast<size_t>(pairs));
  std::iota(all.begin(), all.end(), 0);
  std::vector<int64_t> drawn;
  for (int64_t copy = 1; copy <= static_cast<int64_t>(weight); ++copy) {
    drawn.insert(drawn.end(), all.begin(), all.end());
  }
  const int64_t share = fraction_count(pairs, weight);
  if (share == 0 || pairs == 0) return drawn;
  // One order serves as many epochs as it has whole shares, each with the next of them.
  const int64_t shares = pairs / share;
  std::mt19937_64 generator = epoch_generator(seed, epoch / shares);
  shuffle(std::span(all), generator);
  const auto begin = all.begin() + epoch % shares * share;
  drawn.insert(drawn.end(), begin, begin + share);
  return drawn;
}

std::string counts(const MixedText& text) {
  const auto number = [](int64_t count) { return std::to_string(count); };
  return number(text.pairs) + " of " + number(text.lines_read) + " pairs (" +
         number(text.dropped_empty) + " empty and " + number(text.dropped_long) +
         " over-long ones dropped), " + number(text.source_pieces) + " source and " +
         number(text.target_pieces) + " target pieces";
}

int64_t pairs_an_epoch(int64_t pairs, double weight) {
  return static_cast<int64_t>(weight) * pairs + fraction_count(pairs, weight);
}

std::string weight_text(const MixedText& text) {
  const double weight = text.options.weight;
  std::string line = "weight " + number_text(weight) + ": " +
                     std::to_string(pairs_an_epoch(text.pairs, weight)) + " pairs an epoch";
  if (!text.options.tag.empty()) line += ", each after " + text.options.tag;
  return line;
}

std::vector<MixedText> texts_of(const DataOptions& data, const Tokenizer& source_tokenizer) {
  std::vector<MixedText> texts{{.options = {.files = data.train}}};
  for (const ExtraText& extra : data.extra) {
    encode_tag(source_tokenizer, texts.emplace_back(MixedText{.options = extra}));
  }
  return texts;
}

std::vector<int64_t> CorpusMix::epoch_pairs(uint64_t seed, int64_t epoch) const {
  std::vector<int64_t> pairs;
  for (size_t text = 0; text < texts.size(); ++text) {
    const uint64_t own_seed = seed + kSeedStep * text;
    for (const int64_t pair :
         draw_pairs(texts[text].pairs, texts[text].options.weight, own_seed, epoch)) {
      pairs.push_back(texts[text].begin + pair);
    }
  }
  return pairs;
}

CorpusMix load_corpus_mix(const DataOptions& data, const Tokenizer& source_tokenizer,
                          const Tokenizer& target_tokenizer, CorpusOptions options) {
  CorpusMix mix;
  for (MixedText& text : texts_of(data, source_tokenizer)) {
    text.begin = mix.corpus.size();
    options.source_prefix = text.tag;
    ParallelCorpus corpus =
        load_parallel_corpus(text.options.files, source_tokenizer, target_tokenizer, options);
    text.pairs = corpus.size();
    text.lines_read = corpus.lines_read;
    text.dropped_empty = corpus.dropped_empty;
    text.dropped_long = corpus.dropped_long;
    text.source_pieces = corpus.source.tokens();
    text.target_pieces = corpus.target.tokens();
    append(mix.corpus, std::move(corpus));
    mix.texts.push_back(std::move(text));
  }
  return mix;
}

std::vector<std::string> tags_of(const DataOptions& data) {
  std::vector<std::string> tags;
  for (const ExtraText& extra : data.extra) {
    const bool known = std::ranges::find(tags, extra.tag) != tags.end();
    if (!extra.tag.empty() && !known) tags.push_back(extra.tag);
  }
  return tags;
}

std::vector<std::string> describe(const CorpusMix& mix) {
  std::vector<std::string> lines{"training text: " + counts(mix.texts.front())};
  for (size_t i = 1; i < mix.texts.size(); ++i) {
    lines.push_back(extra_line(mix.texts[i]));
    if (!mix.texts[i].tag_warning.empty()) lines.push_back(mix.texts[i].tag_warning);
  }
  return lines;
}

}  // namespace rondo
