#include "app/engine/bench.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"
#include "app/experiments/child_process.h"

namespace rondo {
namespace {

constexpr const char* kFooter =
    "With a config: how fast that experiment trains, beside the machine's own matrix product.\n"
    "Without: a table of training, translating, tokenizing and starting, each measured in a "
    "process\n"
    "of its own, in rounds; bench.txt, bench.json and bench.svg in the output folder. A bench "
    "that\n"
    "was stopped goes on where it was. ./dev bench compares with other systems.\n"
    "  rondo bench configs/translation/speed.yaml --updates 50\n"
    "  rondo bench --data data/multi30k --only training,translating\n"
    "  rondo bench --scale";

void add_text_options(CLI::App& command, BenchRequest& request) {
  command.add_option("--data", request.data,
                     "folder of parallel text: train, dev or val, test or test_2016_flickr, in two "
                     "languages, plain or .gz; made up unless given");
  command.add_option("--labelled-train", request.labelled_train, "TSV to classify: text, label");
  command.add_option("--labelled-test", request.labelled_test, "the same to classify");
  command.add_option("--model", request.model,
                     "translate with this model, not with one that has learnt for a minute");
  command.add_option("--classifier", request.classifier, "classify with this model");
  command.add_option("--vocab-size", request.vocabulary, "pieces, of all systems")
      ->capture_default_str()
      ->check(at_least(100));
}

void add_scope_options(CLI::App& command, BenchRequest& request) {
  command.add_option("--only", request.only,
                     "sections: training,translating,starting,classifying,tokenizing");
  command.add_flag("--scale", request.scale,
                   "how it grows with length, width, vocabulary, batch, threads, lines of text");
  command.add_flag("--race", request.race, "the time of training until BLEU 30");
  command.add_flag("--quick", request.quick, "a little of everything, to see that all runs");
  command.add_option("--rounds", request.rounds, "how often each is measured; 3, or 1 if quick")
      ->check(at_least(1));
  command.add_option("--threads", request.threads, "processor threads; 0 = all cores")
      ->check(at_least(0));
  command.add_option("-o,--output", request.folder, "folder of measurements, text and models")
      ->capture_default_str();
  command.add_option("--python", request.python,
                     "a Python with the compared systems; ./dev bench sets it up");
  command.add_option("--peers", request.scripts, "folder of their scripts");
}

}  // namespace

void add_bench(CLI::App& app) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* command =
      app.add_subcommand("bench", "How fast this machine trains, translates, reads and starts.");
  command->footer(kFooter);
  command->add_option("config", arguments->config, "an experiment, a YAML file");
  command->add_option("--set", arguments->overrides, "KEY=VALUE, as in train; may be repeated")
      ->allow_extra_args(false);
  command
      ->add_option("--updates", arguments->updates,
                   "updates of a training: 100 of a config, after two to warm up; 40 in the table")
      ->check(at_least(1));
  add_text_options(*command, arguments->request);
  add_scope_options(*command, arguments->request);
  // A measurement in a process of its own: how the table is made.
  command->add_option("--cell", arguments->cell)->group("");
  command->add_option("--out", arguments->outcome)->group("");
  command->callback([arguments, &app] {
    arguments->request.program = own_program(app.get_name());
    engine().bench(*arguments);
  });
}

}  // namespace rondo
