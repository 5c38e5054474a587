#include "app/decoding/translator.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <numeric>

#include "app/data/batch.h"
#include "app/decoding/eval_scope.h"
#include "app/decoding/joined_translation.h"
#include "app/decoding/line_totals.h"
#include "app/decoding/model_shortlist.h"
#include "app/decoding/ready_model.h"
#include "app/decoding/request_queue.h"
#include "app/decoding/search.h"
#include "app/decoding/source_parts.h"
#include "app/machine/precision.h"

namespace rondo {
namespace {

// The parts in the order they are searched: by length, so that a batch holds little padding.
std::vector<int64_t> by_length(const TokenTable& parts) {
  std::vector<int64_t> order(static_cast<size_t>(parts.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return parts.length(a) < parts.length(b); });
  return order;
}

}  // namespace

struct Translator::Impl {
  Impl(std::vector<ReadyModel> ready_models, const TranslatorOptions& translator_options)
      : members(std::move(ready_models)),
        testing(translator_options.testing.value_or(first().experiment.testing)),
        with_attention(translator_options.with_attention),
        ensemble(translator_options.ensemble) {
    for (const ReadyModel& member : members) networks.push_back(member.model->network.get());
    member_weights(ensemble, members.size());  // throws where they do not fit
    shortlist = model_shortlist(first(), testing.shortlist);
  }

  const TranslationModel& first() const { return *members.front().model; }

  std::vector<std::vector<Translation>> translate(std::span<const std::string> lines);
  std::vector<std::vector<Hypothesis>> search_parts(const TokenTable& parts) const;
  void search_batch(const TokenTable& parts, std::span<const int64_t> indices,
                    std::span<std::vector<Hypothesis>> found) const;
  torch::Tensor vocabulary_of(const TokenTable& parts, std::span<const int64_t> indices) const;
  std::vector<Translation> join_line(const SourceParts& parts, size_t line,
                                     std::span<const std::vector<Hypothesis>> found) const;

  std::vector<ReadyModel> members;
  std::vector<Seq2SeqImpl*> networks;  // of the members
  TestingOptions testing;
  bool with_attention = false;
  EnsembleOptions ensemble;
  std::optional<Shortlist> shortlist;  // empty = all target pieces
  LineTotals totals;
  RequestQueue<std::vector<Translation>> requests{
      [this](std::span<const std::string> lines) { return translate(lines); },
      static_cast<size_t>(std::max<int64_t>(testing.batch_size, 1))};  // ends first
};

void Translator::Impl::search_batch(const TokenTable& parts, std::span<const int64_t> indices,
                                    std::span<std::vector<Hypothesis>> found) const {
  const torch::Device device = members.front().device;
  const AutocastScope autocast(device, members.front().bf16);
  const SourceBatch batch = make_source_batch(parts, indices);
  auto best = search(networks,
                     {.source = batch.tokens.to(device),
                      .lengths = batch.lengths.to(device),
                      .with_attention = with_attention,
                      .vocabulary = vocabulary_of(parts, indices)},
                     testing.search, ensemble);
  for (size_t i = 0; i < indices.size(); ++i) {
    found[static_cast<size_t>(indices[i])] = std::move(best[i]);
  }
}

// On a CPU with as many batches as threads each thread searches batches of its own, the longest
// sentences first: the steps of a search are too small to be divided well.
std::vector<std::vector<Hypothesis>> Translator::Impl::search_parts(const TokenTable& parts) const {
  std::deque<EvalScope> evaluating;
  for (Seq2SeqImpl* network : networks) evaluating.emplace_back(*network);
  std::vector<std::vector<Hypothesis>> found(static_cast<size_t>(parts.size()));
  const auto order = by_length(parts);
  const auto size = static_cast<size_t>(std::max<int64_t>(testing.batch_size, 1));
  const auto batches = static_cast<int64_t>((order.size() + size - 1) / size);
  std::atomic<int64_t> left = batches;
  const auto work = [&](int64_t, int64_t) {
    for (int64_t i = --left; i >= 0; i = --left) {
      const auto rest = std::span(order).subspan(static_cast<size_t>(i) * size);
      search_batch(parts, rest.first(std::min(size, rest.size())), found);
    }
  };
  const int64_t threads = at::get_num_threads();
  if (members.front().device.is_cpu() && batches >= threads) {
    at::parallel_for(0, threads, 1, work);
  } else {
    work(0, 1);
  }
  return found;
}

// What SearchInput calls so.
torch::Tensor Translator::Impl::vocabulary_of(const TokenTable& parts,
                                              std::span<const int64_t> indices) const {
  if (!shortlist) return {};
  return torch::tensor(shortlist->ids(parts, indices)).to(members.front().device);
}

std::vector<Translation> Translator::Impl::join_line(
    const SourceParts& parts, size_t line, std::span<const std::vector<Hypothesis>> found) const {
  std::vector<SearchedPart> searched;
  for (int64_t part = parts.first_part[line]; part < parts.first_part[line + 1]; ++part) {
    searched.push_back({parts.ids[part], found[static_cast<size_t>(part)]});
  }
  return join_parts(searched, *first().source_tokenizer, *first().target_tokenizer);
}

std::vector<std::vector<Translation>> Translator::Impl::translate(
    std::span<const std::string> lines) {
  LineReport report;
  const auto parts = make_source_parts(lines, *first().source_tokenizer, testing, report);
  const auto found = search_parts(parts.ids);
  std::vector<std::vector<Translation>> translations;
  for (size_t line = 0; line < lines.size(); ++line) {
    translations.push_back(join_line(parts, line, found));
  }
  totals.add(report);
  return translations;
}

Translator::Translator(const std::filesystem::path& model, const TranslatorOptions& options)
    : Translator(std::vector{model}, options) {}

Translator::Translator(std::shared_ptr<TranslationModel> model, const TranslatorOptions& options)
    : Translator(std::vector{std::move(model)}, options) {}

Translator::Translator(const std::vector<std::filesystem::path>& models,
                       const TranslatorOptions& options)
    : impl_(std::make_unique<Impl>(
          load_ready_models(models, options.device, options.precision, options.num_threads),
          options)) {}

Translator::Translator(const std::vector<std::shared_ptr<TranslationModel>>& models,
                       const TranslatorOptions& options)
    : impl_(std::make_unique<Impl>(make_ready_models(models, options.precision), options)) {}

Translator::~Translator() = default;
Translator::Translator(Translator&&) noexcept = default;
Translator& Translator::operator=(Translator&&) noexcept = default;

std::vector<std::vector<Translation>> Translator::translate(
    std::span<const std::string> lines) const {
  return impl_->translate(lines);
}

std::future<std::vector<std::vector<Translation>>> Translator::submit(
    std::vector<std::string> lines) {
  return impl_->requests.submit(std::move(lines));
}

LineReport Translator::report() const { return impl_->totals.sum(); }

}  // namespace rondo
