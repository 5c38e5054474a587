// How TranslationTask measures itself on its development text.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
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

// Each output is one worker's, and empty on the others.
std::vector<std::string> gathered(const Workers& workers, std::vector<std::string> outputs) {
  if (workers.alone()) return outputs;
  const auto own = nlohmann::json::to_msgpack(outputs);  // which takes any bytes
  for (const std::string& packed : workers.gather({own.begin(), own.end()})) {
    const auto theirs = nlohmann::json::from_msgpack(packed).get<std::vector<std::string>>();
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (!theirs[i].empty()) outputs[i] = theirs[i];
    }
  }
  return outputs;
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
  const Workers& workers = hardware_.workers;
  for (size_t i = static_cast<size_t>(workers.rank()); i < plan.size();
       i += static_cast<size_t>(workers.size())) {
    const Batch batch = make_batch(development_.source, development_.target, plan[i]);
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
  const std::vector<double> sums =
      workers.sum({total.nll.item<double>(), static_cast<double>(total.tokens)});
  total.nll.fill_(sums[0]);
  total.tokens = static_cast<int64_t>(sums[1]);
  return total;
}

std::vector<std::string> TranslationTask::translate_development() {
  const TestingOptions& testing = model_.experiment.testing;
  std::vector<std::string> outputs(development_.size());
  const std::vector<int64_t> order = by_length(development_sources_);
  const std::span<const int64_t> all(order);
  const Workers& workers = hardware_.workers;
  const auto step = static_cast<size_t>(testing.batch_size);
  for (size_t begin = step * static_cast<size_t>(workers.rank()); begin < all.size();
       begin += step * static_cast<size_t>(workers.size())) {
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
  return gathered(workers, outputs);
}

}  // namespace rondo
