#include "app/training/run_recorder.h"

#include <cmath>
#include <utility>

#include "app/report/report_page.h"

namespace rondo {

RunRecorder::RunRecorder(RunFolder folder, RunHistory history)
    : folder_(std::move(folder)),
      history_(std::move(history)),
      metrics_(folder_),
      tensorboard_(folder_.tensorboard()) {}

void RunRecorder::on_progress(const ProgressReport& report, const Position& at) {
  const TrainPoint point{.epoch = at.epochs,
                         .update = at.updates,
                         .loss = report.loss,
                         .ppl = report.ppl,
                         .tokens_per_second = report.tokens_per_second,
                         .grad_norm = report.gradient_norm,
                         .learning_rate = report.learning_rate,
                         .seconds = at.seconds};
  metrics_.add(point);
  history_.train.push_back(point);
  tensorboard_.add_scalar("train/loss", at.updates, point.loss);
  if (!std::isnan(point.ppl)) tensorboard_.add_scalar("train/ppl", at.updates, point.ppl);
  tensorboard_.add_scalar("train/tokens_per_second", at.updates, point.tokens_per_second);
  tensorboard_.add_scalar("train/gradient_norm", at.updates, point.grad_norm);
  tensorboard_.add_scalar("train/learning_rate", at.updates, point.learning_rate);
}

void RunRecorder::on_validation(const ValidationRecord& record,
                                const std::vector<Sample>& samples) {
  ValidPoint point{.epoch = record.at.epochs,
                   .update = record.at.updates,
                   .values = record.values,
                   .seconds = record.at.seconds,
                   .new_best = record.new_best};
  for (const Sample& sample : samples) {
    point.samples.push_back({sample.source, sample.reference, sample.hypothesis,
                             sample.source_pieces, sample.target_pieces, sample.attention});
  }
  metrics_.add(point);
  for (const MetricValue& metric : point.values) {
    tensorboard_.add_scalar("valid/" + metric.name, point.update, metric.value);
  }
  history_.valid.push_back(std::move(point));
  write_report(folder_.path, history_);
}

void RunRecorder::on_health(const GradientHealth& health, const Position& at) {
  metrics_.add(health);
  history_.health.push_back(health);
}

}  // namespace rondo
