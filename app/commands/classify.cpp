#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/data/line_reader.h"
#include "app/data/record_reader.h"
#include "app/decoding/classify_format.h"
#include "app/decoding/classify_stream.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/errors.h"

namespace rondo {

template <>
inline constexpr auto kNames<BadRecord> = std::to_array<EnumName<BadRecord>>({
    {BadRecord::stop, "stop"},
    {BadRecord::skip, "skip"},
    {BadRecord::keep, "keep"},
});

namespace {

using Clock = std::chrono::steady_clock;

struct ClassifyArguments {
  std::string model;
  std::string file = "-";
  RecordFormat format = RecordFormat::automatic;
  std::string column{};  // empty = as in training
  bool header = false, plain = false, keep = false, json = false, all = false;
  int64_t top_k = 0;
  BadRecord bad = BadRecord::stop;
  bool explains = false;
  ExplainMethod method = ExplainMethod::integrated;
  ExplanationForm form = ExplanationForm::terminal;
  SentimentScorerOptions options{};
};

void add_input_options(CLI::App& command, ClassifyArguments& a) {
  command
      .add_option(
          "--format", a.format,
          "of the input: lines, tsv, csv, jsonl or fasttext; when left out, by the file's ending")
      ->transform(by_name<RecordFormat>())
      ->type_name("NAME");
  command.add_option("--column", a.column,
                     "the text: a column's name or its number from 1, or a JSON key; as in "
                     "training when left out");
  command.add_flag("--header", a.header,
                   "tsv, csv: the first line names the columns, though --column is a number");
  command
      .add_option("--on-error", a.bad,
                  "a record that cannot be taken apart: stop (default), skip, or keep, which "
                  "gives it an empty label")
      ->transform(by_name<BadRecord>())
      ->type_name("NAME");
}

void add_output_options(CLI::App& command, ClassifyArguments& a) {
  auto* plain = command.add_flag("--plain", a.plain, "label and probability alone, tab-separated");
  command
      .add_flag("--keep", a.keep,
                "the input's columns and behind them the answer's; so it is for tsv and csv with "
                "a header, and JSON in gives JSON out")
      ->excludes(plain);
  command.add_flag("--json", a.json, "one JSON object a record, with every label's probability")
      ->excludes(plain);
  auto* all = command.add_flag("--all", a.all, "a column with each label's probability, too");
  command.add_option("--top-k", a.top_k, "the likeliest labels with their probabilities")
      ->check(at_least(1))
      ->excludes(all);
  command
      .add_option("--threshold", a.options.threshold,
                  "two classes: the second from this probability on; labels of a multi_label "
                  "model likewise")
      ->check(CLI::Range(0.0, 1.0));
}

void add_explain_options(CLI::App& command, ClassifyArguments& a) {
  auto* explain = command.add_option("--explain", a.method,
                                     "what each word does to the answer: attention, gradient, "
                                     "integrated or leave-one-out");
  explain->transform(by_name<ExplainMethod>())->type_name("METHOD");
  for (const char* other : {"--plain", "--keep", "--json", "--all", "--top-k"}) {
    explain->excludes(command.get_option(other));
  }
  command.add_option("--explain-format", a.form, "terminal (default), json or html")
      ->transform(by_name<ExplanationForm>())
      ->type_name("NAME")
      ->needs(explain);
}

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

void run_classify(const ClassifyArguments& a) {
  const std::string path = existing_text_file(a.file);
  SentimentScorer scorer(a.model, a.options);
  check_against_model(a, scorer);
  const auto reader = std::make_shared<RecordReader>(
      path, record_options(a, scorer.experiment().labelled.records), RecordNeeds{.label = false});
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
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the stream, not the program
  errno = 0;
  const auto streamed =
      classify_stream([reader](Record& record) { return reader->next(record); }, stream, std::cout);
  if (!std::cout && errno != EPIPE) {
    throw DataError(std::string("standard output: ") + std::strerror(errno));
  }
  if (shows_progress(a)) std::cerr << '\r';
  print_summary(scorer, streamed, counts, seconds_since(start));
}

}  // namespace

void add_classify(CLI::App& app) {
  auto a = std::make_shared<ClassifyArguments>();
  CLI::App* command = app.add_subcommand(
      "classify", "Label lines or records: as many come out as go in, in order.");
  command->add_option("model", a->model, "a sentiment model file (*.rondo)")->required();
  command->add_option("file", a->file, "text, plain or .gz; - is standard input");
  add_input_options(*command, *a);
  add_output_options(*command, *a);
  add_explain_options(*command, *a);
  command->add_option("--batch-size", a->options.batch_size, "pieces scored at once")
      ->check(at_least(1));
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a, command] {
    a->explains = command->count("--explain") > 0;
    run_classify(*a);
  });
}

}  // namespace rondo
