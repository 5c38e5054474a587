#include "app/engine/score.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

void add_score(CLI::App& app) {
  auto a = std::make_shared<ScoreArguments>();
  CLI::App* command = app.add_subcommand(
      "score", "The log-probability of each line of TGT as the translation of its line of SRC.");
  command
      ->add_option("files", a->inputs,
                   "MODEL... SRC TGT: model files (*.rondo), several for the mean of their "
                   "probabilities, then both texts, plain or .gz")
      ->required()
      ->expected(3, -1);
  add_weights_option(*command, a->options.weights);
  command->add_flag("--tokens", a->tokens, "each token's log-probability too");
  command->add_flag("--json", a->json, "one JSON object a line")->excludes("--tokens");
  command->add_option("--batch-size", a->options.batch_size, "pairs scored at once")
      ->check(at_least(1));
  command->add_option("--shortlist", a->shortlist, "refused: all pieces count in a score");
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a] { engine().score(*a); });
}

}  // namespace rondo
