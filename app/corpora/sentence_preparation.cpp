#include "app/corpora/sentence_preparation.h"

#include <map>
#include <sstream>
#include <utility>

#include "app/corpora/count_table.h"
#include "app/corpora/sentence_cleaning.h"
#include "app/corpora/sentence_partition.h"
#include "app/corpora/staged_files.h"
#include "app/errors.h"

namespace rondo {
namespace {

constexpr size_t kMostLabelsShown = 8;

void require_parts(const SentenceParts& parts, const SentenceReport& report) {
  if (!parts.train.empty() && !parts.dev.empty() && !parts.test.empty()) return;
  throw DataError(std::to_string(report.kept) + " of " + std::to_string(report.read) +
                  " sentences are left after cleaning, too few to make train, dev and test parts "
                  "of different sentences");
}

std::string tsv_of(const LabelledSentences& sentences, const std::string& number_column) {
  const bool numbered = !number_column.empty();
  std::string tsv = "text\tlabel" + (numbered ? '\t' + number_column : "") + '\n';
  for (const LabelledSentence& sentence : sentences) {
    tsv += sentence.text + '\t' + sentence.label;
    if (numbered) tsv += '\t' + sentence.number;
    tsv += '\n';
  }
  return tsv;
}

// "negative 5031, positive 5372"
std::string labels_of(const LabelledSentences& sentences) {
  std::map<std::string, int64_t> counts;
  for (const LabelledSentence& sentence : sentences) ++counts[sentence.label];
  if (counts.size() > kMostLabelsShown) return std::to_string(counts.size()) + " labels";
  std::string text;
  for (const auto& [label, count] : counts) {
    text += (text.empty() ? "" : ", ") + label + ' ' + std::to_string(count);
  }
  return text;
}

std::string table_of(const SentenceReport& report, const SentenceParts& parts) {
  std::ostringstream table;
  add_row(table, "sentences read", report.read, "");
  add_dropped(table, "undecided", report.undecided, "no label, or too near to the middle");
  add_dropped(table, "wordless", report.wordless, "no words but names and addresses");
  add_dropped(table, "duplicate", report.duplicate, "the same words again");
  add_dropped(table, "contradicted", report.contradicted, "the same words under another label");
  add_dropped(table, "near copies", parts.near_copies,
              "of dev or test: half of their runs of 4 words are in another part");
  add_row(table, "train", int64_t(parts.train.size()), labels_of(parts.train));
  add_row(table, "dev", int64_t(parts.dev.size()), labels_of(parts.dev));
  add_row(table, "test", int64_t(parts.test.size()), labels_of(parts.test));
  return table.str();
}

}  // namespace

std::string prepare_sentences(LabelledSentences sentences, const SentenceOutput& output) {
  SentenceReport report;
  sentences = clean_sentences(std::move(sentences), report);
  const SentenceParts parts = partition_sentences(std::move(sentences));
  require_parts(parts, report);
  StagedFiles files(output.folder);
  files.add("train.tsv", tsv_of(parts.train, output.number_column));
  files.add("dev.tsv", tsv_of(parts.dev, output.number_column));
  files.add("test.tsv", tsv_of(parts.test, output.number_column));
  files.commit();
  return table_of(report, parts);
}

}  // namespace rondo
