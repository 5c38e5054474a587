#include "app/tasks/streamed_epochs.h"

#include <algorithm>

#include "app/storage/tensor_file.h"
#include "app/tasks/resume_check.h"
#include "app/tasks/training_run.h"
#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// The eight pairs 60 times, in 4 or 5 blocks.
struct StreamedCase : SmallText {
  StreamedCase() {
    for (const char* side : {"en", "it"}) {
      std::ifstream once(folder / (std::string("train.") + side));
      std::vector<std::string> lines, many;
      for (std::string line; std::getline(once, line);) lines.push_back(line);
      for (int i = 0; i < 60; ++i) many.insert(many.end(), lines.begin(), lines.end());
      write_lines(folder / (std::string("many.") + side), many);
    }
  }
  Experiment streamed(Streaming streaming = Streaming::always) const {
    Experiment experiment = this->experiment();
    experiment.data.train = {folder / "many.en", folder / "many.it"};
    experiment.data.streaming = streaming;
    experiment.data.block_size = 100;
    experiment.batching.batch_size = 100;
    return experiment;
  }
};

// How often each first piece of a source comes.
std::vector<int64_t> first_pieces(const Task& task, int64_t epoch) {
  std::vector<int64_t> ids;
  for (int64_t block = 0; block < task.blocks(); ++block) {
    const auto batches = task.block_batches(epoch, block);
    for (int64_t i = 0; i < batches->size(); ++i) {
      const auto first = batches->at(i).source[0].contiguous();
      ids.insert(ids.end(), first.data_ptr<int64_t>(), first.data_ptr<int64_t>() + first.numel());
    }
  }
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("an epoch of blocks holds the pairs of a loaded one, and the same tokenizer", "[tasks]") {
  const StreamedCase text;
  const TranslationModel loaded = make_translation_model(text.streamed(Streaming::never));
  const TranslationModel streamed = make_translation_model(text.streamed());
  CHECK(streamed.source_tokenizer->serialized() == loaded.source_tokenizer->serialized());
  const TranslationTask one(loaded, {}), many(streamed, {});
  CHECK(one.blocks() == 1);
  CHECK(many.blocks() == 5);
  CHECK(first_pieces(many, 1) == first_pieces(one, 1));
  CHECK(first_pieces(many, 0).size() == 480);
}

TEST_CASE("a small text that need not be streamed is not", "[tasks]") {
  const StreamedCase text;
  const Experiment experiment = text.streamed(Streaming::automatic);
  CHECK(TranslationTask(make_translation_model(experiment), {}).blocks() == 1);
}

TEST_CASE("a streamed run stopped in the middle of a block is the one that never stopped",
          "[tasks]") {
  const StreamedCase text;
  Experiment experiment = text.streamed();
  experiment.model.encoder.dropout = 0.3;
  experiment.training.scheduling = Scheduling::cosine;
  experiment.tokenizer.alpha = GENERATE(0.0, 0.2);
  if (experiment.tokenizer.alpha > 0) {
    experiment.tokenizer.model_type = TokenizerModel::unigram;
    experiment.tokenizer.vocab_size = 45;
  }
  const int64_t before = text.folder.files();
  const auto report = check_resume(experiment, 24);  // a block has some 10 batches
  INFO(report.text());
  CHECK(report.equal());
  CHECK(text.folder.files() == before);
}

TEST_CASE("a run keeps its tokens beside its model, and a second uses them with equal results",
          "[tasks]") {
  const StreamedCase text;
  Experiment experiment = text.streamed();
  experiment.training.max_duration = {Duration::Unit::epochs, 2};
  experiment.training.validation_freq = {Duration::Unit::epochs, 2};
  const auto weights = [&] {
    run_training({.experiment = experiment, .overwrite = true});
    return read_tensor_file(experiment.model_dir / "best.rondo").tensors;
  };
  const auto caches = [&] {
    return std::ranges::count_if(
        std::filesystem::directory_iterator(experiment.model_dir),
        [](const auto& entry) { return entry.path().filename().string().starts_with("tokens-"); });
  };
  const auto first = weights();
  CHECK(caches() == 1);
  const auto second = weights();  // its tokens are there already
  experiment.data.token_cache = "none";
  const auto third = weights();
  for (const auto& [name, tensor] : first) {
    CHECK(tensor.equal(second.at(name)));
    CHECK(tensor.equal(third.at(name)));
  }
}

}  // namespace rondo
