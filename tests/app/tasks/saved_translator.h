#pragma once

#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

namespace rondo {

// A translator of the small text with weights of its own, in a file.
struct SavedTranslator {
  explicit SavedTranslator(bool joint = true, bool tied = false) {
    Experiment experiment = text.experiment();
    experiment.tokenizer.joint = joint;
    experiment.tokenizer.vocab_size = joint ? 60 : 45;
    experiment.model.tied_embeddings = tied;
    model = make_translation_model(experiment);
    const torch::NoGradGuard no_grad;
    model.network->named_parameters()["decoder.output_bias"].uniform_();  // fresh ones are zeros
    write_tensor_file(path, to_tensor_file(model));
  }

  // The same text, of which the new tokenizer makes other pieces, and other weights.
  Experiment experiment() const {
    Experiment experiment = model.experiment;
    experiment.tokenizer.vocab_size = 50;
    experiment.training.random_seed = 7;
    experiment.training.load_model = path;
    experiment.training.reset_tokenizer = true;
    return experiment;
  }

  SmallText text;
  std::filesystem::path path = text.folder / "model.rondo";
  TranslationModel model;
};

// Fails unless each new piece that the old vocabulary has brings its row along. Returns how many.
inline int64_t check_rows(const Tokenizer& from, const torch::Tensor& old, const Tokenizer& to,
                          const torch::Tensor& now) {
  int64_t found = 0;
  REQUIRE(now.size(0) == to.size());
  for (int32_t id = 0; id < to.size(); ++id) {
    const int32_t same = id < kSpecialTokens ? id : from.id(to.piece(id));
    if (id != kUnkId && same == kUnkId) continue;
    CAPTURE(to.piece(id));
    CHECK(now[id].equal(old[same]));
    ++found;
  }
  return found;
}

}  // namespace rondo
