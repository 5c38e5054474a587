#include "app/engine/diagnose.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

constexpr const char* kFooter = R"(
What it shows. The loss's gradient with respect to a layer's state says how much that moment of the
text still matters. Counted back from the last step, "reach" is where it has fallen to 1%. If the
first step's is below 1% of the last step's it vanishes (Bengio et al. 1994), above 100 times it
explodes (Pascanu et al. 2013). "by itself" is what the recurrence alone carries back, without
attention and without a loss at every step. "saturated" is the share of gates below 0.1 or above
0.9; "radius" the spectral radius of the recurrent matrices: below 1 a simple recurrence forgets.

  rondo diagnose configs/translation/quickstart.yaml           before training
  rondo diagnose config.yaml --set model.encoder.rnn_type=rnn  the same with a simple RNN
  rondo diagnose runs/quickstart --html gradients.html         what it has become
  rondo diagnose best.rondo --text test.en test.it             on another text

Training looks by itself, every training.diagnose_freq.)";

}  // namespace

void add_diagnose(CLI::App& app) {
  auto a = std::make_shared<DiagnoseArguments>();
  CLI::App* command = app.add_subcommand(
      "diagnose", "Show how far back through time a network's gradients reach, layer by layer.");
  command
      ->add_option("subject", a->request.subject,
                   "an experiment (.yaml), a model, a checkpoint, or a run folder")
      ->required();
  command
      ->add_option("--set", a->request.overrides,
                   "KEY=VALUE instead of what the configuration says; may be repeated")
      ->allow_extra_args(false);
  command
      ->add_option("--text", a->request.text,
                   "read this instead of the training text: source and target of a translator, "
                   "one labelled file of a classifier")
      ->expected(1, 2)
      ->type_name("FILE");
  command->add_flag("--json", a->json, "one JSON object, every norm in it");
  command->add_option("--html", a->html, "writes a page for a browser, too")->type_name("FILE");
  command->footer(kFooter);
  command->callback([a] { engine().diagnose(*a); });
}

}  // namespace rondo
