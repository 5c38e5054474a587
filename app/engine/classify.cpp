#include "app/engine/classify.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

#include "app/data/line_reader.h"
#include "app/data/record_reader.h"
#include "app/decoding/classify_format.h"
#include "app/decoding/classify_stream.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/decoding/shard.h"
#include "app/errors.h"

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Only for eyes, and not between the lines of somebody who types.
bool shows_progress(const ClassifyArguments& a) {
  const bool typed = a.file == "-" && isatty(STDIN_FILENO);
  return isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) && !typed;
}

// Columns named in training are looked for here too; labels and weights are not.
RecordOptions record_options(const ClassifyArguments& a, RecordOptions records) {
  records.format = a.format;
  records.weight_column.clear();
  if (!a.column.empty()) {
    records.text_column = a.column;
    records.header = false;
  }
  records.header = records.header || a.header;
  return records;
}

AnswerForm answer_form(const ClassifyArguments& a, const RecordReader& reader) {
  if (a.json) return AnswerForm::json;
  if (a.plain) return AnswerForm::plain;
  if (reader.format() == RecordFormat::jsonl) return AnswerForm::json;
  return a.keep || !reader.header().empty() ? AnswerForm::kept : AnswerForm::plain;
}

AnswerFormat answer_format(const ClassifyArguments& a, const RecordReader& reader,
                           const LabelledDataOptions& labelled) {
  return {.form = answer_form(a, reader),
          .input = reader.format(),
          .targets = labelled.targets,
          .labels = labelled.labels,
          .label_separator = labelled.label_separator,
          .all = a.all,
          .top_k = a.top_k};
}

void check_against_model(const ClassifyArguments& a, const SentimentScorer& scorer) {
  const TargetType targets = scorer.experiment().labelled.targets;
  const bool thresholded = targets == TargetType::multi_label || scorer.labels().size() == 2;
  if (a.options.threshold && !thresholded) {
    throw ConfigError("--threshold: this model has " + std::to_string(scorer.labels().size()) +
                      " labels of which the likeliest is taken; a threshold is for two");
  }
}

// Fills in how windows are answered, and what stands around the answers.
void set_answer(const ClassifyArguments& a, const RecordReader& reader, SentimentScorer& scorer,
                std::vector<int64_t>& counts, ClassifyStream& stream) {
  if (a.explains) {
    const bool colours = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
    const ExplanationFormat format{.form = a.form, .colours = colours};
    stream.answer = [&scorer, method = a.method, format](std::span<const Record> records) {
      return explain_records(
          records, [&](auto lines) { return scorer.explain(lines, method); }, format);
    };
    stream.head = explanations_head(format);
    stream.foot = explanations_foot(format);
    stream.window = {.first = 1, .most = 64};  // explaining is slow
    return;
  }
  const auto format = answer_format(a, reader, scorer.experiment().labelled);
  stream.answer = [&scorer, &counts, format](std::span<const Record> records) {
    return answer_records(
        records, [&](auto lines) { return scorer.score(lines); }, format, counts);
  };
  stream.head = answer_header(reader.header(), format);
}

void print_summary(const SentimentScorer& scorer, const StreamCounts& streamed,
                   std::span<const int64_t> counts, double seconds) {
  std::cerr << "classified " << describe(scorer.report(), seconds) << '\n';
  if (scorer.report().lines > 0 && !counts.empty()) {
    std::cerr << describe_labels(counts, scorer.labels(), scorer.report().lines) << '\n';
  }
  if (streamed.skipped > 0) std::cerr << "broken records left out: " << streamed.skipped << '\n';
  if (streamed.unanswered > 0) {
    std::cerr << "broken records given no label: " << streamed.unanswered << '\n';
  }
}

RecordSource records_of(std::shared_ptr<RecordReader> reader) {
  return [reader = std::move(reader)](Record& record) { return reader->next(record); };
}

}  // namespace

void run_classify(const ClassifyArguments& a) {
  const Shard shard = parse_shard(a.shard);
  check_shard(shard, a.file);
  const std::string path = existing_text_file(a.file);
  SentimentScorer scorer(a.model, a.options);
  check_against_model(a, scorer);
  const auto open = [&] {
    return std::make_shared<RecordReader>(
        path, record_options(a, scorer.experiment().labelled.records), RecordNeeds{.label = false});
  };
  const auto reader = open();
  RecordSource records = records_of(reader);
  if (!shard.whole()) {
    const int64_t all = count_items(records_of(open()));
    records = part_of(std::move(records), shard.begin(all), shard.end(all));
  }
  std::vector<int64_t> counts(a.explains ? 0 : scorer.labels().size());
  const auto start = Clock::now();
  ClassifyStream stream{.answer = {}, .bad = a.bad, .path = reader->name()};
  set_answer(a, *reader, scorer, counts, stream);
  if (shows_progress(a)) {
    stream.progress = [start](int64_t records) {
      std::cerr << '\r' << records << " lines, "
                << static_cast<double>(records) / std::max(seconds_since(start), 1e-3)
                << " lines/s   " << std::flush;
    };
  }
  if (!shard.first()) stream.head.clear();
  if (!shard.last()) stream.foot.clear();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the stream, not the program
  errno = 0;
  const auto streamed = classify_stream(std::move(records), stream, std::cout);
  if (!std::cout && errno != EPIPE) {
    throw DataError(std::string("standard output: ") + std::strerror(errno));
  }
  if (shows_progress(a)) std::cerr << '\r';
  print_summary(scorer, streamed, counts, seconds_since(start));
}

}  // namespace rondo
