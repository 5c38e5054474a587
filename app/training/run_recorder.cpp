#include "app/training/run_recorder.h"

#include <utility>

#include "app/report/report_page.h"
#include "app/report/tensorboard_run.h"

namespace rondo {
namespace {

void forget_attention(ValidPoint& point) {
  for (ValidSample& sample : point.samples) sample.attention.clear();
}

}  // namespace

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
  add_progress(tensorboard_, point);
  history_.train.push_back(point);
}

void RunRecorder::on_validation(const ValidationRecord& record,
                                const std::vector<Sample>& samples) {
  ValidPoint point{.epoch = record.at.epochs,
                   .update = record.at.updates,
                   .values = record.values,
                   .seconds = record.at.seconds,
                   .new_best = record.new_best};
  for (const Sample& sample : samples) {
    point.samples.push_back({.source = sample.source,
                             .reference = sample.reference,
                             .hypothesis = sample.hypothesis,
                             .source_pieces = sample.source_pieces,
                             .target_pieces = sample.target_pieces,
                             .attention = sample.attention});
  }
  metrics_.add(point);
  add_validation(tensorboard_, point);
  // The page shows the attention of the last validation alone.
  if (!history_.valid.empty()) forget_attention(history_.valid.back());
  history_.valid.push_back(std::move(point));
  write_report(folder_.path, history_);
}

void RunRecorder::on_health(const GradientHealth& health, const Position& at) {
  history_.health.push_back(health);
  history_.health.back().update = at.updates;
  metrics_.add(history_.health.back());
  add_health(tensorboard_, history_.health.back());
}

void RunRecorder::on_gradients(const std::vector<NamedHistogram>& gradients, const Position& at) {
  for (const NamedHistogram& gradient : gradients) {
    tensorboard_.add_histogram("gradients/" + gradient.name, at.updates, gradient.histogram);
  }
}

}  // namespace rondo
