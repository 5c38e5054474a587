#include "app/engine/explain.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

constexpr const char* kFooter =
    "A translator shows which source pieces each piece of its translation looked at: the darker\n"
    "the block, the more. Attention says where the decoder read, which is not always why it "
    "wrote.\n"
    "  rondo explain runs/quickstart/best.rondo 'a small text editor'\n"
    "  rondo explain MODEL 'a dog' --target 'ein Hund'   # as if it had written this\n"
    "  rondo explain MODEL --file lines.txt --words --html seen.html\n"
    "A classifier shows what each word does to its answer by four methods beside one another, "
    "each\n"
    "in relation to its own largest weight; below zero a word speaks against the answer:\n"
    "  attention      where the pooling looks; has no sign, and only where it attends\n"
    "  gradient       the output's gradient times the embedding; quick, near-sighted\n"
    "  integrated     the same, averaged on the way from an empty text; sums to the output\n"
    "  leave-one-out  how far the output falls without the word; the plainest, one run a word\n"
    "Where their order of the words differs much, the line below them says so: trust none alone.\n"
    "  rondo explain runs/sentiment/best.rondo 'not bad at all'\n"
    "  rondo explain MODEL --method leave-one-out --json < lines.txt";

void add_text_options(CLI::App& command, ExplainArguments& a) {
  command.add_option("model", a.model, "a model file (*.rondo) or run folder")->required();
  auto* text = command.add_option("text", a.text,
                                  "one text; when left out, each line of standard input is one");
  command.add_option("--file", a.file, "a text a line, plain or .gz, each explained in turn")
      ->excludes(text);
  command.add_option("--target", a.target,
                     "a translator: this translation instead of its own, force-decoded");
}

void add_form_options(CLI::App& command, ExplainArguments& a) {
  command.add_flag("--words", a.words, "a translator: words instead of the pieces it reads");
  command
      .add_option("--method", a.method,
                  "a classifier: one method instead of all: attention, gradient, integrated or "
                  "leave-one-out")
      ->transform(by_name<ExplainMethod>())
      ->type_name("NAME");
  command.add_option("--svg", a.svg, "a drawing; of several texts FILE-1.svg, FILE-2.svg, ...")
      ->type_name("FILE");
  command.add_option("--html", a.html, "one page with all texts, in light and dark")
      ->type_name("FILE");
  command.add_flag("--json", a.json, "one JSON object a text instead of blocks");
  command.add_option("--width", a.width, "columns to print in; 0 = as many as the terminal has");
}

}  // namespace

void add_explain(CLI::App& app) {
  auto a = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand(
      "explain", "What a translator looked at, and which words speak for a classifier's answer.");
  add_text_options(*command, *a);
  add_form_options(*command, *a);
  add_machine_options(*command, a->device, a->precision, a->num_threads);
  command->footer(kFooter);
  command->callback([a, command] {
    a->forces = command->count("--target") > 0;
    engine().explain(*a);
  });
}

}  // namespace rondo
