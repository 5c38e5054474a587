#include <torch/torch.h>

#include <algorithm>

#include "app/bench/cell_experiment.h"
#include "app/bench/cell_model.h"
#include "app/bench/measure_cell.h"
#include "app/bench/timed_training.h"
#include "app/data/tokenizer_files.h"
#include "app/storage/tensor_file.h"
#include "app/tasks/translation.h"
#include "app/training/matrix_rate.h"

namespace rondo {
namespace {

constexpr double kRateSeconds = 1.0;  // spent on the yardstick, before the updates and after them

double product_rate(const Hardware& hardware) {
  return matrix_rate(hardware.device, hardware.bf16 ? torch::kBFloat16 : torch::kFloat,
                     kRateSeconds);
}

}  // namespace

TranslationModel new_cell_model(const CellSettings& settings) {
  TranslationModel model{.experiment = experiment_of(settings)};
  model.source_tokenizer = read_tokenizer(text_file(settings, "joint.model"));
  model.target_tokenizer = model.source_tokenizer;
  Seq2SeqOptions& options = model.experiment.model;
  options.encoder.vocab_size = options.decoder.vocab_size = model.source_tokenizer->size();
  torch::manual_seed(model.experiment.training.random_seed);
  model.network = Seq2Seq(options);
  return model;
}

Values timed_training(Task& task, const TrainingOptions& options, const Hardware& hardware,
                      const CellSettings& settings) {
  Updater updater(task, options, hardware);
  BatchQueue queue(task, hardware);
  task.network().train();
  const int64_t last = std::max<int64_t>(1, settings.updates / 3);  // the loss is theirs
  run_updates(task, updater, queue, options, settings.warm_up);
  double rate = product_rate(hardware);
  UpdateCost cost = run_updates(task, updater, queue, options,
                                std::max<int64_t>(0, settings.updates - settings.warm_up - last));
  const UpdateCost end = run_updates(task, updater, queue, options, last);
  cost += end;
  rate = (rate + product_rate(hardware)) / 2;
  return {{"tokens_per_second", static_cast<double>(cost.tokens) / cost.seconds},
          {"loss", end.nll / static_cast<double>(end.targets)},
          {"updates", static_cast<double>(settings.updates)},
          {"tokens_an_update", static_cast<double>(cost.tokens) /
                                   static_cast<double>(settings.updates - settings.warm_up)},
          {"flops_per_second", cost.flops / cost.seconds},
          {"share", cost.flops / cost.seconds / rate}};
}

Values measure_training(const CellSettings& settings) {
  TranslationModel model = new_cell_model(settings);
  const TrainingOptions options = model.experiment.training;
  const Hardware hardware = prepare_hardware(options);
  TranslationTask task(std::move(model), hardware);
  const Values values = timed_training(task, options, hardware, settings);
  if (settings.kind == "learning") {
    write_tensor_file(model_file_of(settings), task.model_file("[]"));
  }
  return values;
}

}  // namespace rondo
