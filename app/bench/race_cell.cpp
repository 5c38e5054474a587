#include <torch/torch.h>

#include <iostream>

#include "app/bench/cell_experiment.h"
#include "app/bench/cell_model.h"
#include "app/bench/measure_cell.h"
#include "app/bench/test_text.h"
#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/tasks/translation.h"
#include "app/training/schedule.h"
#include "app/training/timed_updates.h"

namespace rondo {
namespace {

constexpr int64_t kUpdatesBetweenLooks = 50;

// A rate that stays high learns fast and never settles: it falls by half a cosine, a step a look.
double rate_after(int64_t updates, const TrainingOptions& options) {
  return learning_rate_at(options, {.updates = updates + kUpdatesBetweenLooks / 2});
}

double reached_bleu(const std::shared_ptr<TranslationModel>& model, const TestText& test,
                    const CellSettings& settings) {
  const Translator translator(model, {.testing = testing_of(settings)});
  return bleu_of(translator.translate(test.sources), test);
}

}  // namespace

// The clock runs while weights change, and stands still while they are judged.
Values measure_race(const CellSettings& settings) {
  auto model = std::make_shared<TranslationModel>(new_cell_model(settings));
  TrainingOptions options = model->experiment.training;
  const Hardware hardware = prepare_hardware(options);
  TranslationTask task(*model, hardware);  // shares the network
  const TestText test = read_test(settings);
  Updater updater(task, options, hardware);
  BatchQueue queue(task, hardware);
  double seconds = 0;
  for (int64_t done = 0; done < settings.updates; done += kUpdatesBetweenLooks) {
    task.network().train();
    options.learning_rate = rate_after(done, model->experiment.training);
    seconds += run_updates(task, updater, queue, options, kUpdatesBetweenLooks).seconds;
    const int64_t updates = done + kUpdatesBetweenLooks;
    if (updates < settings.updates / 5) continue;  // never enough
    task.network().eval();
    const double bleu = reached_bleu(model, test, settings);
    std::cerr << "update " << updates << ": BLEU " << bleu << " after " << seconds << " s\n";
    if (bleu < settings.bleu) continue;
    return {{"seconds", seconds}, {"bleu", bleu}, {"updates", static_cast<double>(updates)}};
  }
  throw DataError("BLEU " + std::to_string(settings.bleu) + " was not reached");
}

}  // namespace rondo
