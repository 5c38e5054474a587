#include "app/engine/shortlist.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

constexpr const char* kShortlistFooter =
    "Aligns the training text word by word (Dyer et al. 2013) and keeps, of each source piece, "
    "the\n"
    "target pieces that it becomes most often. Translating with it, the output layer computes\n"
    "those of the sentences at hand and the most frequent ones alone:\n"
    "  rondo shortlist MODEL train.en train.de -o lex.txt\n"
    "  rondo translate MODEL --shortlist lex.txt text.en\n"
    "The file is Marian's: 'target source probability' a line. An output that ends in .rondo is\n"
    "the model with the shortlist inside, which then translates with it unless told\n"
    "--shortlist off. It pays with large vocabularies; compare speed and output before you keep "
    "it.";

}  // namespace

void add_shortlist(CLI::App& app) {
  auto a = std::make_shared<ShortlistArguments>();
  CLI::App* command = app.add_subcommand(
      "shortlist", "Learn which target pieces each source piece may become, to translate faster.");
  command->add_option("model", a->model, "a .rondo model or a checkpoint, for its vocabularies")
      ->required();
  command->add_option("source", a->source, "the training text, plain or .gz")->required();
  command->add_option("target", a->target, "its translation, line by line")->required();
  command->add_option("-o,--output", a->output, "the file to write: lex.txt or model.rondo")
      ->required();
  command->add_option("--best", a->limits.best, "target pieces kept a source piece; 100 by default")
      ->check(at_least(1));
  command
      ->add_option("--threshold", a->limits.threshold, "least probability of these; 0 by default")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--iterations", a->alignment.iterations, "passes over the text; 5 by default")
      ->check(at_least(1));
  command
      ->add_option("--tension", a->alignment.tension,
                   "pull to the diagonal; 4 by default, 0 = none (IBM model 1)")
      ->check(at_least(0));
  command->add_option("--threads", a->alignment.num_threads, "processor threads; 0 = all cores")
      ->check(at_least(0));
  command->footer(kShortlistFooter);
  command->callback([a] { engine().shortlist(*a); });
}

}  // namespace rondo
