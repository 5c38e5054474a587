#include "app/training/checkup.h"

#include "app/training/gradient_histogram.h"

namespace rondo {

Checkup::Checkup(Task& task, Updater& updater, const TrainingOptions& options,
                 const Workers& workers, const Position& start)
    : updater_(updater),
      monitor_(task, updater.parameters(), options),
      recurring_(options.diagnose_freq, start),
      looks_(workers.first()) {}

void Checkup::before_update(const Batch* batch, const Position& coming) {
  looking_ = recurring_.due(coming) && batch && looks_;
  if (!looking_) return;
  health_ = monitor_.examine(*batch);
  health_.update = coming.updates;
  monitor_.remember_weights();
  updater_.listen([this](const std::vector<torch::Tensor>& gradients) {
    gradients_ = histograms_of(updater_.parameters(), gradients);
  });
}

void Checkup::after_update(const Position& at, TrainingLog& log, TrainingObserver* observer) {
  if (!looking_) return;
  updater_.listen(nullptr);
  monitor_.measure_update(health_);
  monitor_.measure_embeddings(updater_.optimizer(), health_);
  for (const std::string& line : news_.tell(health_)) log.say(line);
  if (!observer) return;
  observer->on_health(health_, at);
  observer->on_gradients(gradients_, at);
}

}  // namespace rondo
