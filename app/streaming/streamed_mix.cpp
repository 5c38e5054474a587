#include "app/streaming/streamed_mix.h"

#include <algorithm>
#include <cmath>

#include "app/data/epoch_shuffle.h"
#include "app/streaming/token_coding.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

// Smaller chunks mix a block better, larger ones are fewer to find.
constexpr int64_t kChunksInBlock = 32;
constexpr int64_t kSampledChunks = 4;
constexpr int64_t kSmallestChunk = 16;
// Keep the random numbers of the plan, of each text and of each chunk apart.
constexpr uint64_t kPlanSeed = 0xD1B54A32D192ED03ULL;
constexpr uint64_t kTextSeed = 0x9E3779B97F4A7C15ULL;
constexpr uint64_t kChunkSeed = 0x8CB92BA72F3D8DD7ULL;

int64_t chunk_pairs(const DataOptions& data) {
  return std::max<int64_t>(data.block_size / kChunksInBlock, 1);
}

template <typename T>
void append(std::vector<T>& all, std::vector<T>& more) {
  std::ranges::move(more, std::back_inserter(all));
}

// The pairs of these numbers, in their order, some of them more than once.
ParallelCorpus chosen(const ParallelCorpus& chunk, const std::vector<int64_t>& pairs) {
  ParallelCorpus some;
  for (const int64_t pair : pairs) {
    some.source.push_back(chunk.source[pair]);
    some.target.push_back(chunk.target[pair]);
    if (chunk.source_lines.empty()) continue;
    some.source_lines.push_back(chunk.source_lines[static_cast<size_t>(pair)]);
    some.target_lines.push_back(chunk.target_lines[static_cast<size_t>(pair)]);
  }
  return some;
}

void append(ParallelCorpus& all, ParallelCorpus more) {
  all.source.append(more.source);
  all.target.append(more.target);
  append(all.source_lines, more.source_lines);
  append(all.target_lines, more.target_lines);
}

// Each source behind the tag that it had before it was segmented anew.
TokenTable with_tags(const TokenTable& sources, const std::vector<std::span<const int32_t>>& tags) {
  TokenTable all;
  std::vector<int32_t> ids;
  for (int64_t i = 0; i < sources.size(); ++i) {
    ids.assign(tags[static_cast<size_t>(i)].begin(), tags[static_cast<size_t>(i)].end());
    ids.insert(ids.end(), sources[i].begin(), sources[i].end());
    all.push_back(ids);
  }
  return all;
}

}  // namespace

StreamedMix::StreamedMix(const StreamingOptions& options, const SourceAndTarget& tokenizers)
    : options_(options), tokenizers_(tokenizers) {
  options_.corpus.keep_text = options.sample;
  for (MixedText& text : texts_of(options.data, *tokenizers.source)) {
    texts_.push_back(std::make_unique<StreamedText>(std::move(text), chunk_pairs(options.data),
                                                    tokenizers, options_.corpus, news_));
  }
  cut_small_texts();
  read_sample();
}

// A text of few chunks would come all at once; cut smaller, it comes in every block.
void StreamedMix::cut_small_texts() {
  const int64_t all = blocks();
  for (const auto& text : texts_) {
    const int64_t smaller = std::max(text->pairs() / all, kSmallestChunk);
    if (text->chunks() < all && smaller < chunk_pairs(options_.data)) text->cut_anew(smaller);
  }
}

void StreamedMix::read_sample() {
  const StreamedText& text = *texts_.front();
  const int64_t sampled = std::min(kSampledChunks, text.chunks());
  for (int64_t i = 0; i < sampled; ++i) {
    const int64_t chunk = text.any_order() ? text.chunks() * i / sampled : i;
    ParallelCorpus part = text.read_chunk(chunk, options_.corpus.num_threads);
    sample_.lines_read += part.lines_read;
    sample_.dropped_empty += part.dropped_empty;
    sample_.dropped_long += part.dropped_long;
    append(sample_, std::move(part));
  }
  sample_.source_lines.clear();
  sample_.target_lines.clear();
}

int64_t StreamedMix::blocks() const {
  int64_t pairs = 0;
  for (const auto& text : texts_) pairs += text->pairs();
  const int64_t size = options_.data.block_size;
  return std::max<int64_t>((pairs + size / 2) / size, 1);
}

std::vector<ChunkPlace> StreamedMix::plan(int64_t epoch) const {
  std::vector<ChunkPlace> places;
  for (size_t text = 0; text < texts_.size(); ++text) {
    for (int64_t chunk = 0; chunk < texts_[text]->chunks(); ++chunk)
      places.push_back({text, chunk});
  }
  std::mt19937_64 generator = epoch_generator(options_.seed + kPlanSeed, epoch);
  shuffle(std::span(places), generator);
  // A compressed text is read from its front to its end.
  std::vector<int64_t> next(texts_.size(), 0);
  for (ChunkPlace& place : places) {
    if (!texts_[place.text]->any_order()) place.chunk = next[place.text]++;
  }
  return places;
}

std::vector<int64_t> StreamedMix::drawn(const ChunkPlace& place, int64_t pairs,
                                        int64_t epoch) const {
  const uint64_t seed =
      options_.seed + kTextSeed * place.text + kChunkSeed * static_cast<uint64_t>(place.chunk);
  return draw_pairs(pairs, texts_[place.text]->text().options.weight, seed, epoch);
}

ParallelCorpus StreamedMix::block(int64_t epoch, int64_t block) const {
  const std::vector<ChunkPlace> places = plan(epoch);
  const auto total = static_cast<int64_t>(places.size());
  const int64_t begin = total * block / blocks(), end = total * (block + 1) / blocks();
  const int64_t num_threads = waited_for_.exchange(false) ? options_.corpus.num_threads : 1;
  ParallelCorpus all;
  std::vector<MixedText> texts;
  for (const auto& text : texts_) texts.push_back(text->text());
  std::vector<std::span<const int32_t>> tags;
  for (const ChunkPlace& place : std::span(places).subspan(begin, end - begin)) {
    ParallelCorpus chunk = texts_[place.text]->chunk(place.chunk, num_threads);
    const bool whole = texts[place.text].options.weight == 1;
    append(all, whole ? std::move(chunk) : chosen(chunk, drawn(place, chunk.size(), epoch)));
    tags.resize(static_cast<size_t>(all.size()), texts[place.text].tag);
  }
  if (!options_.sample) return all;
  const uint64_t seed = options_.seed + kChunkSeed * static_cast<uint64_t>(block + 1);
  all.source =
      with_tags(encode_all_sampled(*tokenizers_.source, all.source_lines, seed, epoch), tags);
  all.target = encode_all_sampled(*tokenizers_.target, all.target_lines, seed + 1, epoch);
  return all;
}

double StreamedMix::kept_share() const {
  return static_cast<double>(sample_.size()) /
         static_cast<double>(std::max<int64_t>(sample_.lines_read, 1));
}

int64_t StreamedMix::expected_pairs() const {
  double pairs = 0;
  for (const auto& text : texts_) {
    pairs += static_cast<double>(text->pairs()) * text->text().options.weight;
  }
  return std::llround(pairs * kept_share());
}

int64_t StreamedMix::lines() const {
  int64_t lines = 0;
  for (const auto& text : texts_) lines += text->pairs();
  return lines;
}

void StreamedMix::keep_tokens_in(const std::filesystem::path& run_folder) {
  const std::string& wanted = options_.data.token_cache;
  if (wanted == "none") return;
  if (options_.sample) {
    return news_->add("token cache: none, since tokenizer.alpha segments the text anew each epoch");
  }
  const bool own = wanted == "auto";
  const std::filesystem::path folder = own ? run_folder : std::filesystem::path(wanted);
  const double bytes_a_pair = static_cast<double>(encoded_tokens(sample_).size()) /
                              static_cast<double>(std::max<int64_t>(sample_.lines_read, 1));
  std::vector<std::filesystem::path> kept;
  for (const auto& text : texts_) kept.push_back(KeptTokens::path(folder, text->identity()));
  if (own) remove_other_caches(folder, kept, *news_);
  for (const auto& text : texts_) text->keep_tokens_in(folder, bytes_a_pair);
}

}  // namespace rondo
