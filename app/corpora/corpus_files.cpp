#include "app/corpora/corpus_files.h"

#include <utility>

#include "app/corpora/staged_files.h"

namespace rondo {
namespace {

std::string side(const SegmentPairs& pairs, std::string SegmentPair::*text) {
  std::string lines;
  for (const SegmentPair& pair : pairs) lines += pair.*text + '\n';
  return lines;
}

}  // namespace

void write_corpus(const Partition& partition, const CorpusOutput& output) {
  const std::pair<std::string, const SegmentPairs*> parts[] = {
      {"train", &partition.train}, {"dev", &partition.dev}, {"test", &partition.test}};
  StagedFiles files(output.folder);
  for (const auto& [name, pairs] : parts) {
    files.add(name + '.' + output.src_lang, side(*pairs, &SegmentPair::source));
    files.add(name + '.' + output.trg_lang, side(*pairs, &SegmentPair::target));
  }
  files.commit();
}

}  // namespace rondo
