#include "app/engine/translate.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

template <>
inline constexpr auto kNames<AlignmentFormat> = std::to_array<EnumName<AlignmentFormat>>({
    {AlignmentFormat::hard, "hard"},
    {AlignmentFormat::soft, "soft"},
});

template <>
inline constexpr auto kNames<Combination> = std::to_array<EnumName<Combination>>({
    {Combination::mean, "mean"},
    {Combination::log, "log"},
});

namespace {

constexpr const char* kFooter =
    "Several models, trained with other seeds or other options on the same text and vocabulary,\n"
    "translate better together than the best of them, at the time of all:\n"
    "  rondo translate a.rondo b.rondo c.rondo text.en > text.de\n"
    "A last argument that is no model file is the text. Snapshots of one run (cosine_cycles) can\n"
    "take the place of several runs.";

void add_ensemble_options(CLI::App& command, TranslateArguments& a) {
  command.add_option("input", a.inputs,
                     "model files (*.rondo), several to translate together, then perhaps a text, "
                     "plain or .gz; - is standard input");
  command.add_option("--models", a.models,
                     "the same models named apart; the text, if any, stands before it");
  command
      .add_option("--combine", a.combine,
                  "several models: mean (default) of their probabilities, or log, of the "
                  "logarithms, which one model's no makes a no")
      ->transform(by_name<Combination>())
      ->type_name("NAME");
  add_weights_option(command, a.weights);
}

void add_search_options(CLI::App& command, TranslateArguments& a) {
  command.add_option("--beam", a.beam_size, "hypotheses kept a sentence; 1 = greedy")
      ->check(at_least(1));
  command
      .add_option("--beam-alpha", a.beam_alpha,
                  "length normalisation ((5 + length) / 6)^alpha; 0 = off")
      ->check(at_least(0));
  command
      .add_option("--coverage-penalty", a.coverage_penalty,
                  "cost of source words not attended to; 0 = off")
      ->check(at_least(0));
  command
      .add_option("--max-length-ratio", a.max_length_ratio,
                  "longest translation, in tokens a source token, plus 10")
      ->check(at_least(0));
  command
      .add_option("--min-length-ratio", a.min_length_ratio,
                  "shortest translation, in tokens a source token")
      ->check(at_least(0));
  command
      .add_option("--no-repeat-ngram-size", a.no_repeat_ngram_size,
                  "n-grams of this size come at most once; 0 = off")
      ->check(at_least(0));
  command.add_flag("--generate-unk", a.generate_unk, "<unk> may be put out");
}

void add_output_options(CLI::App& command, TranslateArguments& a) {
  command
      .add_option("--n-best", a.n_best,
                  "this many translations a line, as id ||| text ||| features ||| score")
      ->check(at_least(1));
  command
      .add_flag("--alignments{hard}", a.format.alignments,
                "which source word each word comes from (0-0 1-2); --alignments=soft for the "
                "weights of each piece")
      ->transform(by_name<AlignmentFormat>());
  command.add_flag("--scores", a.format.scores, "each text with its score");
  command.add_flag("--json", a.format.json, "one JSON object a line, with all that is known");
}

void add_shortlist_options(CLI::App& command, TranslateArguments& a) {
  command
      .add_option("--shortlist", a.shortlist,
                  "consider only the target pieces that this file of `rondo shortlist` gives for "
                  "the source; model = the one in the model file, off = all pieces")
      ->type_name("FILE");
  command
      .add_option("--shortlist-first", a.shortlist_first,
                  "the most frequent target pieces, always considered")
      ->check(at_least(0));
  command
      .add_option("--shortlist-best", a.shortlist_best,
                  "likeliest target pieces of each source piece")
      ->check(at_least(0));
  command.add_option("--shortlist-threshold", a.shortlist_threshold, "least probability of these")
      ->check(CLI::Range(0.0, 1.0));
}

}  // namespace

void add_translate(CLI::App& app) {
  auto a = std::make_shared<TranslateArguments>();
  CLI::App* command =
      app.add_subcommand("translate", "Translate lines: as many come out as go in, in order.");
  add_ensemble_options(*command, *a);
  add_search_options(*command, *a);
  add_shortlist_options(*command, *a);
  add_output_options(*command, *a);
  command->add_option("--batch-size", a->batch_size, "sentences translated at once")
      ->check(at_least(1));
  add_shard_option(*command, a->shard);
  command->add_flag("--crop", a->crop, "crop over-long lines instead of translating their parts");
  add_machine_options(*command, a->device, a->precision, a->num_threads);
  command->footer(kFooter);
  command->callback([a] { engine().translate(*a); });
}

}  // namespace rondo
