#include "app/storage/model_file.h"

#include "app/errors.h"
#include "app/storage/network_weights.h"
#include "app/storage/stored_shortlist.h"

namespace rondo {
namespace {

void load_tokenizers(const TensorFile& file, const std::string& where, TranslationModel& model) {
  const TokenizerOptions& options = model.experiment.tokenizer;
  model.source_tokenizer = load_tokenizer_of(file, "source", options, where);
  if (!model.source_tokenizer) throw DataError(where + ": holds no tokenizer");
  model.target_tokenizer = load_tokenizer_of(file, "target", options, where);
  if (!model.target_tokenizer) model.target_tokenizer = model.source_tokenizer;
  const bool tied = model.experiment.model.tied_embeddings;
  check_vocabulary(file, tied ? "embedding.weight" : "source_embedding.weight",
                   *model.source_tokenizer, where);
  check_vocabulary(file, tied ? "embedding.weight" : "target_embedding.weight",
                   *model.target_tokenizer, where);
  model.experiment.model.encoder.vocab_size = model.source_tokenizer->size();
  model.experiment.model.decoder.vocab_size = model.target_tokenizer->size();
}

}  // namespace

TensorFile to_tensor_file(const TranslationModel& model, const std::string& history) {
  TensorFile file;
  add_weights(*model.network, file);
  add_tokenizer(*model.source_tokenizer, "source", file);
  if (model.target_tokenizer != model.source_tokenizer) {
    add_tokenizer(*model.target_tokenizer, "target", file);
  }
  if (model.shortlist) add_shortlist(*model.shortlist, file);
  add_description(model.experiment, history, file);
  return file;
}

TranslationModel load_translation_model(const std::filesystem::path& path) {
  return load_translation_model(read_tensor_file(path), path.string());
}

TranslationModel load_translation_model(const TensorFile& file, const std::string& where) {
  check_task(file, TaskType::translation, where);
  TranslationModel model{.experiment = stored_experiment(file, where)};
  load_tokenizers(file, where, model);
  model.shortlist = load_shortlist(file, *model.source_tokenizer, *model.target_tokenizer, where);
  model.network = load_network<Seq2Seq>(file, model.experiment.model, where);
  return model;
}

}  // namespace rondo
