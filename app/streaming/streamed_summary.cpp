// What there is to say of a streamed text before it is read.
#include "app/config/number_text.h"
#include "app/streaming/streamed_mix.h"

namespace rondo {
namespace {

std::string number(int64_t count) { return std::to_string(count); }

std::string sampled(const ParallelCorpus& sample) {
  return "of " + number(sample.lines_read) + " pairs looked at, " + number(sample.dropped_empty) +
         " are empty and " + number(sample.dropped_long) + " over-long, and so dropped";
}

}  // namespace

std::vector<std::string> StreamedMix::describe() const {
  std::vector<std::string> lines{"training text: " + number(texts_.front()->pairs()) +
                                 " pairs, streamed: " + number(blocks()) +
                                 " blocks an epoch of about " + number(this->lines() / blocks()) +
                                 " pairs; " + sampled(sample_)};
  for (size_t i = 0; i < texts_.size(); ++i) {
    const StreamedText& text = *texts_[i];
    MixedText mixed = text.text();
    mixed.pairs = text.pairs();
    if (i > 0) {
      lines.push_back("extra text " + mixed.options.files.source + ": " + number(mixed.pairs) +
                      " pairs, streamed; " + weight_text(mixed));
    }
    if (!mixed.tag_warning.empty()) lines.push_back(mixed.tag_warning);
    if (text.any_order()) continue;
    lines.push_back(mixed.options.files.source +
                    ": compressed, so each epoch reads it from front to end, shuffled within " +
                    "blocks alone; unpack it for blocks from all over it");
  }
  return lines;
}

}  // namespace rondo
