#include "app/corpora/preparation.h"

#include <cmath>
#include <sstream>
#include <utility>

#include "app/corpora/count_table.h"
#include "app/corpora/words.h"
#include "app/errors.h"

namespace rondo {
namespace {

std::string words_of(const SegmentPairs& pairs) {
  double source = 0, target = 0;
  for (const SegmentPair& pair : pairs) {
    source += count_words(pair.source);
    target += count_words(pair.target);
  }
  return std::to_string(std::llround(source)) + " source and " +
         std::to_string(std::llround(target)) + " target words";
}

void require_parts(const Partition& partition, const CleaningReport& report) {
  if (!partition.train.empty() && !partition.dev.empty() && !partition.test.empty()) return;
  throw DataError(std::to_string(report.kept) + " of " + std::to_string(report.read) +
                  " pairs are left after cleaning, too few to make train, dev and test parts of "
                  "different segments");
}

std::string table_of(const CleaningReport& report, const Partition& partition) {
  std::ostringstream table;
  add_row(table, "pairs read", report.read, "");
  add_dropped(table, "invalid", report.invalid, "a side is not UTF-8");
  add_dropped(table, "empty", report.empty, "a side is empty, a list or preformatted");
  add_dropped(table, "untranslated", report.untranslated, "both sides are the same text");
  add_dropped(table, "too long", report.too_long, "more words than --max-words");
  add_dropped(table, "unequal", report.unequal, "one side is many times longer");
  add_dropped(table, "duplicate", report.duplicate, "the same pair again");
  add_dropped(table, "shared", partition.shared, "of dev or test, with a side seen elsewhere");
  add_row(table, "train", int64_t(partition.train.size()), words_of(partition.train));
  add_row(table, "dev", int64_t(partition.dev.size()), words_of(partition.dev));
  add_row(table, "test", int64_t(partition.test.size()), words_of(partition.test));
  return table.str();
}

}  // namespace

std::string prepare_corpus(SegmentPairs pairs, const PreparationOptions& options) {
  if (options.output.src_lang == options.output.trg_lang) {
    throw ConfigError("--src and --trg are both " + options.output.src_lang +
                      ": the two sides would be written to one file");
  }
  CleaningReport report;
  pairs = clean_pairs(std::move(pairs), options.cleaning, report);
  const Partition partition = partition_by_family(std::move(pairs), options.partition);
  require_parts(partition, report);
  write_corpus(partition, options.output);
  return table_of(report, partition);
}

}  // namespace rondo
