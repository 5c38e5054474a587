#include "app/streaming/streamed_text.h"

#include "app/data/byte_hash.h"

namespace rondo {

StreamedText::StreamedText(MixedText text, int64_t chunk_pairs, const SourceAndTarget& tokenizers,
                           CorpusOptions options, std::shared_ptr<News> news)
    : tokenizers_(tokenizers),
      options_(std::move(options)),
      news_(std::move(news)),
      text_(std::move(text)) {
  options_.source_prefix = text_.tag;
  cut_anew(chunk_pairs);
}

void StreamedText::cut_anew(int64_t chunk_pairs) {
  lines_ = std::make_unique<ChunkedText>(text_.options.files, chunk_pairs);
  counted_.assign(static_cast<size_t>(chunks()), false);
  to_count_ = chunks();
}

MixedText StreamedText::text() const {
  const std::lock_guard lock(mutex_);
  return text_;
}

ParallelCorpus StreamedText::read_chunk(int64_t number, int64_t num_threads) const {
  CorpusOptions options = options_;
  options.num_threads = num_threads;
  return encode_pairs(lines_->read(number), *tokenizers_.source, *tokenizers_.target, options);
}

ParallelCorpus StreamedText::chunk(int64_t number, int64_t num_threads) const {
  const std::lock_guard lock(mutex_);
  if (kept_) {
    if (auto found = kept_->find(number)) {
      count(number, *found);
      return std::move(*found);
    }
  }
  ParallelCorpus read = read_chunk(number, num_threads);
  count(number, read);
  if (kept_) kept_->keep(number, read);
  return read;
}

void StreamedText::count(int64_t number, const ParallelCorpus& chunk) const {
  if (counted_[static_cast<size_t>(number)]) return;
  counted_[static_cast<size_t>(number)] = true;
  text_.pairs += chunk.size();
  text_.lines_read += chunk.lines_read;
  text_.dropped_empty += chunk.dropped_empty;
  text_.dropped_long += chunk.dropped_long;
  text_.source_pieces += chunk.source.tokens();
  text_.target_pieces += chunk.target.tokens();
  if (--to_count_ > 0) return;
  if (text_.pairs == 0) {
    report_all_dropped(text_.options.files, text_.lines_read, text_.dropped_empty,
                       text_.dropped_long);
  }
  news_->add(text_.options.files.source + ": read to its end: " + counts(text_));
}

CacheIdentity StreamedText::identity() const {
  ByteHash hash;
  hash.add(lines_->hash());
  hash.add(tokenizers_.source->serialized());
  hash.add(tokenizers_.target->serialized());
  hash.add(static_cast<uint64_t>(options_.src_max_length));
  hash.add(static_cast<uint64_t>(options_.trg_max_length));
  hash.add(static_cast<uint64_t>(options_.drop_empty));
  for (const int32_t id : options_.source_prefix) hash.add(static_cast<uint64_t>(id));
  return {.hash = hash.value(), .chunks = chunks()};
}

void StreamedText::keep_tokens_in(const std::filesystem::path& folder, double bytes_a_pair) {
  const std::lock_guard lock(mutex_);
  kept_ = std::make_unique<KeptTokens>(
      folder, identity(), static_cast<uint64_t>(bytes_a_pair * static_cast<double>(pairs())),
      news_);
}

}  // namespace rondo
