#include "app/corpora/sentence_partition.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "app/corpora/stable_hash.h"
#include "app/corpora/web_text.h"

namespace rondo {
namespace {

constexpr uint64_t kShares = 10;  // one to test, one to dev, eight to train
constexpr size_t kRunWords = 4;

// The hash of each run of kRunWords words of a text.
std::vector<uint64_t> word_runs(std::string_view text) {
  const std::vector<std::string> words = words_of_copies(text);
  std::vector<uint64_t> runs;
  for (size_t begin = 0; begin + kRunWords <= words.size(); ++begin) {
    std::string run;
    for (size_t i = begin; i < begin + kRunWords; ++i) run += words[i] + ' ';
    runs.push_back(stable_hash(run));
  }
  return runs;
}

// The runs of words that some sentences hold.
class KnownRuns {
 public:
  void add(const LabelledSentences& sentences) {
    for (const LabelledSentence& sentence : sentences) {
      for (const uint64_t run : word_runs(sentence.text)) runs_.insert(run);
    }
  }

  bool hold_half_of(const LabelledSentence& sentence) const {
    const std::vector<uint64_t> runs = word_runs(sentence.text);
    const auto known = std::count_if(runs.begin(), runs.end(),
                                     [this](uint64_t run) { return runs_.contains(run); });
    return !runs.empty() && 2 * size_t(known) >= runs.size();
  }

 private:
  std::unordered_set<uint64_t> runs_;
};

int64_t remove_copies(LabelledSentences& sentences, const KnownRuns& known) {
  return int64_t(std::erase_if(sentences, [&known](const LabelledSentence& sentence) {
    return known.hold_half_of(sentence);
  }));
}

}  // namespace

SentenceParts partition_sentences(LabelledSentences sentences) {
  SentenceParts parts;
  for (LabelledSentence& sentence : sentences) {
    const std::string& key = sentence.group.empty() ? sentence.text : sentence.group;
    const uint64_t share = stable_hash(key) % kShares;
    LabelledSentences& part = share == 0 ? parts.test : share == 1 ? parts.dev : parts.train;
    part.push_back(std::move(sentence));
  }
  KnownRuns known;
  known.add(parts.train);
  parts.near_copies += remove_copies(parts.test, known);
  known.add(parts.test);
  parts.near_copies += remove_copies(parts.dev, known);
  return parts;
}

}  // namespace rondo
