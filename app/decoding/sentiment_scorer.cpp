#include "app/decoding/sentiment_scorer.h"

#include "app/decoding/eval_scope.h"
#include "app/decoding/explained_line.h"
#include "app/decoding/line_logits.h"
#include "app/decoding/line_totals.h"
#include "app/decoding/request_queue.h"
#include "app/machine/packing.h"
#include "app/machine/precision.h"
#include "app/storage/sentiment_model.h"
#include "tokenizers/bulk_encoding.h"
#include "tokenizers/text_cleaning.h"

namespace rondo {
namespace {

constexpr size_t kLinesAtOnce = 256;  // of short lines a batch of 4096 pieces or two

std::shared_ptr<SentimentModel> load_onto_device(const std::filesystem::path& path,
                                                 const SentimentScorerOptions& options) {
  if (options.num_threads > 0) torch::set_num_threads(static_cast<int>(options.num_threads));
  auto model = std::make_shared<SentimentModel>(load_sentiment_model(path));
  model->network->to(pick_device(options.device, options.precision));
  model->network->eval();
  pack(*model->network, options.precision);
  return model;
}

ScoringOptions scoring_of(const SentimentModel& model, const SentimentScorerOptions& options) {
  ScoringOptions scoring = options.scoring.value_or(model.experiment.scoring);
  scoring.threshold = options.threshold.value_or(scoring.threshold);
  scoring.batch_size = options.batch_size.value_or(scoring.batch_size);
  return scoring;
}

}  // namespace

struct SentimentScorer::Impl {
  Impl(std::shared_ptr<SentimentModel> sentiment_model, const SentimentScorerOptions& options)
      : model(std::move(sentiment_model)),
        scoring(scoring_of(*model, options)),
        num_threads(options.num_threads) {
    device = model->network->parameters().front().device();
    bf16 = uses_bf16(options.precision, device) && !model->network->packed();
    if (uses_int8(options.precision, device)) model->network->quantize();
  }

  std::vector<Scored> score(std::span<const std::string> lines);
  void count(std::span<const std::string> lines, const TokenTable& ids);

  std::shared_ptr<SentimentModel> model;
  ScoringOptions scoring;
  int64_t num_threads = 0;
  torch::Device device = torch::kCPU;
  bool bf16 = false;
  LineTotals totals;
  RequestQueue<Scored> requests{[this](std::span<const std::string> lines) { return score(lines); },
                                kLinesAtOnce};  // ends first
};

void SentimentScorer::Impl::count(std::span<const std::string> lines, const TokenTable& ids) {
  LineReport report{.lines = ids.size()};
  for (int64_t i = 0; i < ids.size(); ++i) {
    report.invalid_utf8 += !is_valid_utf8(lines[static_cast<size_t>(i)]);
    report.empty += ids.length(i) == 0;
    report.split += ids.length(i) > scoring.max_length;
  }
  totals.add(report);
}

std::vector<Scored> SentimentScorer::Impl::score(std::span<const std::string> lines) {
  if (lines.empty()) return {};
  const TokenTable ids = encode_all(*model->tokenizer, lines, num_threads);
  const AutocastScope autocast(device, bf16);
  const EvalScope evaluating(*model->network);
  auto scored = scored_lines(line_logits(*model->network, ids, scoring),
                             model->experiment.labelled.targets, scoring);
  count(lines, ids);
  return scored;
}

SentimentScorer::SentimentScorer(const std::filesystem::path& model,
                                 const SentimentScorerOptions& options)
    : impl_(std::make_unique<Impl>(load_onto_device(model, options), options)) {}

SentimentScorer::SentimentScorer(std::shared_ptr<SentimentModel> model,
                                 const SentimentScorerOptions& options)
    : impl_(std::make_unique<Impl>(std::move(model), options)) {}

SentimentScorer::~SentimentScorer() = default;
SentimentScorer::SentimentScorer(SentimentScorer&&) noexcept = default;
SentimentScorer& SentimentScorer::operator=(SentimentScorer&&) noexcept = default;

std::vector<Scored> SentimentScorer::score(std::span<const std::string> lines) const {
  return impl_->score(lines);
}

std::future<std::vector<Scored>> SentimentScorer::submit(std::vector<std::string> lines) {
  return impl_->requests.submit(std::move(lines));
}

std::vector<Explanation> SentimentScorer::explain(std::span<const std::string> lines,
                                                  ExplainMethod method) const {
  const auto scored = score(lines);
  const EvalScope evaluating(*impl_->model->network);
  std::vector<Explanation> explanations;
  for (size_t i = 0; i < lines.size(); ++i) {
    explanations.push_back(
        explain_line(*impl_->model, lines[i], scored[i], method, impl_->scoring));
  }
  return explanations;
}

const Experiment& SentimentScorer::experiment() const { return impl_->model->experiment; }

const std::vector<std::string>& SentimentScorer::labels() const {
  return impl_->model->experiment.labelled.labels;
}

const ScoringOptions& SentimentScorer::scoring() const { return impl_->scoring; }

LineReport SentimentScorer::report() const { return impl_->totals.sum(); }

}  // namespace rondo
