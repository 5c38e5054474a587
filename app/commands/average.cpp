#include "app/engine/average.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

constexpr const char* kFooter =
    "The mean of the last or best models of one run is often a little better than each, and never\n"
    "slower than one; it pays most where the learning rate stays high to the end, and little "
    "after\n"
    "a cosine that has come down. Average models of one run only: those of different seeds, or "
    "the\n"
    "snapshots of different cosine cycles, lie too far apart for their mean to be a model. Let\n"
    "those translate together instead (rondo translate A B C). Measure on the development text.\n"
    "  rondo average runs/x --best 3 -o mean.rondo";

}  // namespace

void add_average(CLI::App& app) {
  auto a = std::make_shared<AverageArguments>();
  CLI::App* command =
      app.add_subcommand("average", "One model whose weights are the mean of several models'.");
  command
      ->add_option("input", a->inputs,
                   "model files, snapshots or checkpoints of the same options and tokenizers; or a "
                   "run folder: its best-*.rondo, else its snapshot-*.rondo")
      ->required();
  command->add_option("-o,--output", a->output, "the model file to write")->required();
  auto* last = command->add_option("--last", a->last, "of a run folder, the last so many")
                   ->check(at_least(1));
  command->add_option("--best", a->best, "of a run folder, the best so many by its own metric")
      ->check(at_least(1))
      ->excludes(last);
  command->add_flag("--ema", a->moving_averages,
                    "of checkpoints, the moving averages of their weights (training.ema_decay)");
  command->footer(kFooter);
  command->callback([a] { engine().average(*a); });
}

}  // namespace rondo
