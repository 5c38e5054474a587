#include "app/report/run_report.h"

#include <utility>

#include "app/report/report_page.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

RunHistory continued(RunHistory history, const RunFolder& folder, int64_t resumed_at) {
  if (resumed_at == 0) return history;
  RunHistory before = read_metrics(folder.metrics());
  forget_after(before, resumed_at);
  history.train = std::move(before.train);
  history.valid = std::move(before.valid);
  return history;
}

// As markdown, which TensorBoard renders; lines indented by four keep their text as it is.
std::string sample_text(const ValidSample& sample) {
  return "    source:    " + sample.source + "\n    reference: " + sample.reference +
         "\n    output:    " + sample.hypothesis + "\n";
}

}  // namespace

RunReport::RunReport(const std::filesystem::path& run_folder, RunHistory history,
                     int64_t resumed_at)
    : folder_(run_folder),
      history_(continued(std::move(history), {run_folder}, resumed_at)),
      metrics_(RunFolder{run_folder}.metrics(), history_),
      tensorboard_(RunFolder{run_folder}.tensorboard()) {
  write_report(folder_, history_);
}

void RunReport::add(const TrainPoint& point) {
  history_.train.push_back(point);
  metrics_.add(point);
  tensorboard_.add_scalar("train/loss", point.update, point.loss);
  tensorboard_.add_scalar("train/perplexity", point.update, point.ppl);
  tensorboard_.add_scalar("train/gradient_norm", point.update, point.grad_norm);
  tensorboard_.add_scalar("train/learning_rate", point.update, point.learning_rate);
  tensorboard_.add_scalar("train/tokens_per_second", point.update, point.tokens_per_second);
}

void RunReport::add(const ValidPoint& point) {
  history_.valid.push_back(point);
  metrics_.add(point);
  tensorboard_.add_scalar("valid/loss", point.update, point.loss);
  tensorboard_.add_scalar("valid/perplexity", point.update, point.ppl);
  tensorboard_.add_scalar("valid/bleu", point.update, point.bleu);
  tensorboard_.add_scalar("valid/chrf", point.update, point.chrf);
  for (std::size_t i = 0; i < point.samples.size(); ++i) {
    tensorboard_.add_text("valid/sample_" + std::to_string(i + 1), point.update,
                          sample_text(point.samples[i]));
  }
  write_report(folder_, history_);
}

}  // namespace rondo
