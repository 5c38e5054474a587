#include "app/tasks/translation_epochs.h"

#include "app/data/text_size.h"
#include "app/tasks/loaded_epochs.h"
#include "app/tasks/streamed_epochs.h"

namespace rondo {
namespace {

class PlannedBatches : public EpochBatches {
 public:
  PlannedBatches(std::shared_ptr<const TokenTable> source, std::shared_ptr<const TokenTable> target,
                 std::vector<std::vector<int64_t>> plan)
      : source_(std::move(source)), target_(std::move(target)), plan_(std::move(plan)) {}

  int64_t size() const override { return static_cast<int64_t>(plan_.size()); }
  Batch at(int64_t index) const override { return make_batch(*source_, *target_, plan_[index]); }

 private:
  std::shared_ptr<const TokenTable> source_, target_;
  std::vector<std::vector<int64_t>> plan_;  // indices of the pairs of each batch
};

}  // namespace

std::unique_ptr<TranslationEpochs> make_translation_epochs(
    const Experiment& experiment, const std::shared_ptr<const Tokenizer>& source,
    const std::shared_ptr<const Tokenizer>& target) {
  if (is_streamed(experiment.data)) {
    return std::make_unique<StreamedEpochs>(experiment, source, target);
  }
  return std::make_unique<LoadedEpochs>(experiment, source, target);
}

std::unique_ptr<EpochBatches> planned_batches(std::shared_ptr<const TokenTable> source,
                                              std::shared_ptr<const TokenTable> target,
                                              std::vector<std::vector<int64_t>> plan) {
  return std::make_unique<PlannedBatches>(std::move(source), std::move(target), std::move(plan));
}

}  // namespace rondo
