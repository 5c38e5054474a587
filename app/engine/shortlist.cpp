#include "app/engine/shortlist.h"

#include <iostream>
#include <memory>

#include "app/alignment/alignment_model.h"
#include "app/alignment/lexicon_text.h"
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

}  // namespace

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

}  // namespace rondo
