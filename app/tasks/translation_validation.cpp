// How TranslationTask measures itself on its development text.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "app/data/batches.h"
#include "app/decoding/joined_translation.h"
#include "app/decoding/search.h"
#include "app/metrics/bleu.h"
#include "app/metrics/chrf.h"
#include "app/tasks/translation.h"

namespace rondo {
namespace {

// Longest first, so that a batch that does not fit in memory shows at once.
std::vector<int64_t> by_length(const TokenTable& table) {
  std::vector<int64_t> order(table.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t left, int64_t right) {
    return table.length(left) > table.length(right);
  });
  return order;
}

SearchOptions greedy(SearchOptions options) {
  options.beam_size = 1;
  options.n_best = 1;
  return options;
}

// Fills in what the translations of the first sources look at. They are searched once more, so that
// the attention of all others is never kept.
void add_attention(TranslationModel& model, const TokenTable& sources, torch::Device device,
                   std::vector<Sample>& samples) {
  if (samples.empty() || model.experiment.model.decoder.type == DecoderType::vanilla) return;
  std::vector<int64_t> rows(samples.size());
  std::iota(rows.begin(), rows.end(), 0);
  const SourceBatch batch = make_source_batch(sources, rows);
  const auto found = search(*model.network,
                            {.source = batch.tokens.to(device),
                             .lengths = batch.lengths.to(device),
                             .with_attention = true},
                            greedy(model.experiment.testing.search));
  for (size_t i = 0; i < samples.size(); ++i) {
    const SearchedPart part{sources[static_cast<int64_t>(i)], found[i]};
    Translation translation =
        join_parts({&part, 1}, *model.source_tokenizer, *model.target_tokenizer).front();
    samples[i].source_pieces = std::move(translation.source_pieces);
    samples[i].target_pieces = std::move(translation.target_pieces);
    samples[i].attention = std::move(translation.attention);
  }
}

}  // namespace

Validation TranslationTask::validate() {
  const LossSum loss = development_loss();
  const double mean = loss.nll.item<double>() / static_cast<double>(loss.tokens);
  const std::vector<std::string> outputs = translate_development();
  Validation validation{
      .values = {{"loss", mean},
                 {"ppl", std::exp(mean)},
                 {"bleu", corpus_bleu(outputs, development_.target_lines).score},
                 {"chrf", corpus_chrf(outputs, development_.target_lines).score}}};
  const int64_t shown = std::min(development_.size(), model_.experiment.training.print_valid_sents);
  for (int64_t i = 0; i < shown; ++i) {
    validation.samples.push_back(
        {development_.source_lines[i], development_.target_lines[i], outputs[i]});
  }
  add_attention(model_, development_sources_, hardware_.device, validation.samples);
  return validation;
}

LossSum TranslationTask::development_loss() {
  LossSum total{.sum = {}, .nll = torch::zeros({}, hardware_.device), .tokens = 0};
  DecoderImpl& decoder = model_.network->decoder();
  const auto plan =
      make_batches(development_.source, development_.target, model_.experiment.batching, 0);
  for (const auto& indices : plan) {
    const Batch batch = make_batch(development_.source, development_.target, indices);
    const auto on_device = [this](const torch::Tensor& t) { return t.to(hardware_.device); };
    const auto output = model_.network->forward(
        on_device(batch.source), on_device(batch.source_lengths), on_device(batch.target_in));
    const auto positions = on_device(batch.target_positions);
    total.nll -= target_log_probs(output.features.flatten(0, 1).index_select(0, positions),
                                  decoder.output_weight(), decoder.output_bias(),
                                  on_device(batch.target_out).flatten().index_select(0, positions))
                     .sum();
    total.tokens += batch.target_tokens;
  }
  return total;
}

std::vector<std::string> TranslationTask::translate_development() {
  const TestingOptions& testing = model_.experiment.testing;
  std::vector<std::string> outputs(development_.size());
  const std::vector<int64_t> order = by_length(development_sources_);
  const std::span<const int64_t> all(order);
  for (size_t begin = 0; begin < all.size(); begin += testing.batch_size) {
    const auto rows = all.subspan(begin, std::min<size_t>(testing.batch_size, all.size() - begin));
    const SourceBatch batch = make_source_batch(development_sources_, rows);
    const auto found = search(*model_.network,
                              {.source = batch.tokens.to(hardware_.device),
                               .lengths = batch.lengths.to(hardware_.device)},
                              greedy(testing.search));
    for (size_t i = 0; i < rows.size(); ++i) {
      outputs[rows[i]] = model_.target_tokenizer->decode(found[i].front().ids);
    }
  }
  return outputs;
}

}  // namespace rondo
