#include "app/tasks/streamed_epochs.h"

#include <algorithm>
#include <cmath>

#include "app/data/batches.h"
#include "app/training/dry_run.h"

namespace rondo {
namespace {

constexpr uint64_t kBlockSeed = 0x2545F4914F6CDD1DULL;  // keeps the orders of two blocks apart

StreamingOptions streaming_options(const Experiment& experiment) {
  return {.data = experiment.data,
          .corpus = {.src_max_length = experiment.data.src_max_length,
                     .trg_max_length = experiment.data.trg_max_length,
                     .num_threads = experiment.training.num_threads},
          .seed = experiment.training.random_seed,
          .sample = experiment.tokenizer.alpha > 0};
}

}  // namespace

StreamedEpochs::StreamedEpochs(const Experiment& experiment,
                               const std::shared_ptr<const Tokenizer>& source,
                               const std::shared_ptr<const Tokenizer>& target)
    : batching_(experiment.batching), mix_(streaming_options(experiment), {source, target}) {
  batching_.random_seed = experiment.training.random_seed;
}

std::unique_ptr<EpochBatches> StreamedEpochs::batches(int64_t epoch, int64_t block) const {
  const auto pairs = std::make_shared<const ParallelCorpus>(mix_.block(epoch, block));
  BatchOptions options = batching_;
  options.random_seed += kBlockSeed * static_cast<uint64_t>(block + 1);
  auto plan = make_batches(pairs->source, pairs->target, options, epoch);
  // Both tables live as long as the block that holds them.
  return planned_batches(std::shared_ptr<const TokenTable>(pairs, &pairs->source),
                         std::shared_ptr<const TokenTable>(pairs, &pairs->target), std::move(plan));
}

std::vector<std::string> StreamedEpochs::describe() const {
  std::vector<std::string> lines = mix_.describe();
  const ParallelCorpus& sample = mix_.sample();
  const auto batches = make_batches(sample.source, sample.target, batching_, 0).size();
  const double share = static_cast<double>(mix_.expected_pairs()) /
                       static_cast<double>(std::max<int64_t>(sample.size(), 1));
  lines.push_back("about " + with_commas(std::llround(static_cast<double>(batches) * share)) +
                  " batches an epoch");
  return lines;
}

}  // namespace rondo
