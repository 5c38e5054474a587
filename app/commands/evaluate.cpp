#include "app/engine/evaluate.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

void add_input_options(CLI::App& command, EvaluateArguments& a) {
  command
      .add_option("--format", a.format, "tsv, csv, jsonl or fasttext; auto: by the file's ending")
      ->transform(by_name<RecordFormat>())
      ->type_name("NAME");
  command.add_option("--text-column", a.text_column,
                     "its name or its number from 1, or a JSON key");
  command.add_option("--label-column", a.label_column, "likewise");
  command.add_option("--label-separator", a.label_separator,
                     "multi_label: between the labels of one field");
  command
      .add_option("--on-error", a.on_error,
                  "a record that cannot be used, or has an unknown label: stop (default) or skip")
      ->transform(by_name<OnError>())
      ->type_name("NAME");
}

void add_report_options(CLI::App& command, EvaluateArguments& a) {
  command
      .add_option("--threshold", a.options.threshold,
                  "instead of the model's own: two classes, multi_label")
      ->check(CLI::Range(0.0, 1.0));
  command.add_option("--mistakes", a.mistakes, "how many of the worst are shown")
      ->check(at_least(0))
      ->capture_default_str();
  command.add_option("--bootstrap-n", a.bootstrap.samples, "resampled texts; 0 = no intervals")
      ->check(CLI::Range(0, 10'000'000))
      ->capture_default_str();
  command.add_option("--seed", a.bootstrap.seed, "of the resampling")->capture_default_str();
  command.add_flag("--json", a.json, "one JSON object, numbers in full");
  command.add_option("--html", a.html, "writes a page for a browser, too")->type_name("FILE");
}

}  // namespace

void add_evaluate(CLI::App& app) {
  auto a = std::make_shared<EvaluateArguments>();
  CLI::App* command = app.add_subcommand(
      "evaluate", "Measure a sentiment model on labelled text, with 95% intervals.");
  command->add_option("model", a->model, "a sentiment model file (*.rondo), or a run folder")
      ->required();
  command->add_option("file", a->file, "labelled text, plain or .gz; - is standard input")
      ->required();
  add_input_options(*command, *a);
  add_report_options(*command, *a);
  command->add_option("--batch-size", a->options.batch_size, "pieces scored at once")
      ->check(at_least(1));
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a] { engine().evaluate(*a); });
}

}  // namespace rondo
