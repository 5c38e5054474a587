#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "app/alignment/alignment_model.h"
#include "app/alignment/lexicon_text.h"
#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/data/parallel_corpus.h"
#include "app/decoding/model_shortlist.h"
#include "app/decoding/shortlist_coverage.h"
#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/storage/model_file.h"
#include "app/storage/network_weights.h"
#include "app/storage/stored_shortlist.h"

namespace rondo {
namespace {

constexpr int64_t kCheckedLines = 2000;  // of the text, for the words at the end

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

struct ShortlistArguments {
  std::string model, source, target, output;
  RowLimits limits;
  AlignmentOptions alignment;
};

// The model file with the table inside and in use; of a checkpoint, the model that it holds.
void write_model(const ShortlistArguments& a, const TranslationModel& model,
                 const LexicalTable& table) {
  TensorFile file = read_tensor_file(a.model);
  if (file.metadata.erase("training") == 1) {
    std::erase_if(file.tensors, [](const auto& item) { return is_training_state(item.first); });
  }
  Experiment experiment = model.experiment;
  experiment.testing.shortlist.table = kShortlistInModel;
  experiment.testing.shortlist.best = a.limits.best;
  add_description(experiment, file.metadata["history"], file);
  add_shortlist(table, file);
  write_tensor_file(a.output, file);
}

void run_shortlist(const ShortlistArguments& a) {
  const TranslationModel model = load_translation_model(a.model);
  const Tokenizer &source = *model.source_tokenizer, &target = *model.target_tokenizer;
  const ParallelCorpus corpus =
      load_parallel_corpus({.source = a.source, .target = a.target}, source, target,
                           {.num_threads = a.alignment.num_threads});
  const auto table = std::make_shared<LexicalTable>(learn_lexical_table(
      {corpus.source, corpus.target, source.size(), target.size()}, a.alignment, a.limits));
  if (a.output.ends_with(".rondo")) {
    write_model(a, model, *table);
  } else {
    write_file_atomically(a.output, lexicon_text(*table, source, target));
  }
  const Shortlist shortlist(table, {.best = a.limits.best}, target.size(),
                            model.source_tokenizer == model.target_tokenizer);
  std::cerr << a.output << ": learnt from " << corpus.size() << " pairs; "
            << describe(shortlist_coverage(shortlist, corpus.source, corpus.target, kCheckedLines))
            << '\n';
}

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
  command->callback([a] { run_shortlist(*a); });
}

}  // namespace rondo
