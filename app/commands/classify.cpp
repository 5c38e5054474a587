#include "app/engine/classify.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

template <>
inline constexpr auto kNames<BadRecord> = std::to_array<EnumName<BadRecord>>({
    {BadRecord::stop, "stop"},
    {BadRecord::skip, "skip"},
    {BadRecord::keep, "keep"},
});

namespace {

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
  add_shard_option(*command, a->shard);
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a, command] {
    a->explains = command->count("--explain") > 0;
    engine().classify(*a);
  });
}

}  // namespace rondo
