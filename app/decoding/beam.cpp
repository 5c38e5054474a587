#include "app/decoding/beam.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "app/decoding/beam_history.h"
#include "app/decoding/coverage.h"
#include "app/decoding/finish_rule.h"
#include "app/decoding/ngram_blocker.h"
#include "app/decoding/top_k.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr int64_t kReportColumns = sizeof(RowReport) / sizeof(double);

// Shapes: sentences = those still searched, width = live hypotheses a sentence, rows = sentences *
// width with the hypotheses of a sentence side by side.
class BeamSearch {
 public:
  BeamSearch(StepScorer& scorer, const torch::Tensor& source_lengths, const SearchOptions& options,
             bool with_attention)
      : scorer_(scorer),
        options_(options),
        with_attention_(with_attention),
        blocker_(options.no_repeat_ngram_size) {
    start(source_lengths);
  }

  std::vector<std::vector<Hypothesis>> run() {
    while (!active_.empty()) advance();
    return results();
  }

 private:
  // How each sentence's live hypotheses would go on.
  struct Candidates {
    torch::Tensor totals;     // [sentences, next_width] double, best first
    torch::Tensor parents;    // [sentences, next_width] int64, rows
    torch::Tensor tokens;     // [sentences, next_width] int64
    torch::Tensor log_probs;  // [sentences, next_width] float
  };

  void start(const torch::Tensor& source_lengths);
  void advance();
  void receive(const torch::Tensor& attention);
  void ban_tokens(torch::Tensor& log_probs) const;
  torch::Tensor end_log_probs(const torch::Tensor& log_probs) const;
  Candidates best_candidates(const torch::Tensor& log_probs) const;
  torch::Tensor accepted_endings(const torch::Tensor& ends, const Candidates& candidates) const;
  torch::Tensor coverage() const;
  std::vector<int64_t> finish(const torch::Tensor& ends, const Candidates& candidates);
  void continue_with(Candidates candidates, const std::vector<int64_t>& remaining);
  std::vector<std::vector<Hypothesis>> results();

  int64_t sentences() const { return totals_.size(0); }
  int64_t width() const { return totals_.size(1); }

  StepScorer& scorer_;
  SearchOptions options_;
  bool with_attention_ = false;
  NgramBlocker blocker_;
  BeamHistory history_;

  int64_t step_ = 0;               // tokens each live hypothesis has
  std::vector<int64_t> active_;    // the sentences still searched, by their place in the batch
  std::vector<int64_t> lengths_;   // [batch], </s> counted
  std::vector<FinishRule> rules_;  // [batch]
  torch::Tensor tokens_;           // [rows] int64, the last of each hypothesis
  torch::Tensor totals_;           // [sentences, width] double, log-probability so far
  torch::Tensor min_lengths_;      // [sentences, 1] int64; undefined when there is no minimum
  torch::Tensor received_;         // [sentences, width, source_time], with coverage_penalty only
  torch::Tensor source_lengths_;   // [sentences, 1, 1] int64
};

void BeamSearch::start(const torch::Tensor& source_lengths) {
  const auto host = source_lengths.to(torch::kCPU, torch::kInt64).contiguous();
  const int64_t batch = host.size(0);
  lengths_.assign(host.data_ptr<int64_t>(), host.data_ptr<int64_t>() + batch);
  std::vector<int64_t> minima;
  for (int64_t i = 0; i < batch; ++i) {
    const auto limits = length_limits(lengths_[i] - 1, options_);
    active_.push_back(i);
    rules_.emplace_back(limits, options_);
    minima.push_back(limits.min);
  }
  const auto device = source_lengths.device();
  if (options_.min_length_ratio > 0) {
    min_lengths_ = torch::tensor(minima, torch::kInt64).unsqueeze(1).to(device);
  }
  source_lengths_ = source_lengths.view({batch, 1, 1});
  tokens_ = torch::full({batch}, kBosId, torch::dtype(torch::kInt64).device(device));
  totals_ = torch::zeros({batch, 1}, torch::dtype(torch::kDouble).device(device));
}

void BeamSearch::advance() {
  StepScores scores = scorer_.step(tokens_);
  receive(scores.attention);
  // One fused pass; LibTorch's logsumexp alone takes twice its time on a CPU.
  torch::Tensor log_probs = torch::log_softmax(scores.logits, 1);
  const auto ends = end_log_probs(log_probs);
  ban_tokens(log_probs);
  const auto candidates = best_candidates(log_probs);
  const auto remaining = finish(accepted_endings(ends, candidates), candidates);
  continue_with(candidates, remaining);
  ++step_;
}

void BeamSearch::receive(const torch::Tensor& attention) {
  if (!attention.defined()) return;
  if (with_attention_) history_.add_attention(attention);
  if (options_.coverage_penalty == 0) return;
  const auto paid = attention.view({sentences(), width(), -1});
  received_ = received_.defined() ? received_ + paid : paid;
}

void BeamSearch::ban_tokens(torch::Tensor& log_probs) const {
  log_probs.narrow(1, kPadId, 1).fill_(kNever);
  log_probs.narrow(1, kBosId, 1).fill_(kNever);
  log_probs.narrow(1, kEosId, 1).fill_(kNever);  // endings are looked at apart
  if (!options_.generate_unk) log_probs.narrow(1, kUnkId, 1).fill_(kNever);
  blocker_.ban(log_probs);
}

// [sentences, width] double: of </s> now, -inf before the minimum length.
torch::Tensor BeamSearch::end_log_probs(const torch::Tensor& log_probs) const {
  const auto ends = log_probs.select(1, kEosId).to(torch::kDouble).view({sentences(), width()});
  return min_lengths_.defined() ? ends.masked_fill(min_lengths_ > step_, kNever) : ends;
}

BeamSearch::Candidates BeamSearch::best_candidates(const torch::Tensor& log_probs) const {
  const int64_t each = std::min(options_.beam_size, log_probs.size(1));
  const TopK top = top_k(log_probs, each);  // [rows, each]
  const auto totals = totals_.unsqueeze(2) + top.values.view({sentences(), width(), each});
  const int64_t next_width = std::min(options_.beam_size, width() * each);
  const TopK best = top_k(totals.view({sentences(), width() * each}), next_width);
  const auto first_rows = torch::arange(sentences(), best.indices.options()).unsqueeze(1) * width();
  const auto flat = (first_rows * each + best.indices).view({-1});  // into top, [rows * each]
  const auto shaped = [&](const torch::Tensor& t) { return t.view({sentences(), next_width}); };
  return {.totals = best.values,
          .parents = first_rows + best.indices.div(each, "floor"),
          .tokens = shaped(top.indices.view({-1}).index_select(0, flat)),
          .log_probs = shaped(top.values.view({-1}).index_select(0, flat))};
}

// ends [sentences, width], -inf where ending is not among the sentence's beam_size best candidates.
// Among equals an ending comes first.
torch::Tensor BeamSearch::accepted_endings(const torch::Tensor& ends,
                                           const Candidates& candidates) const {
  const auto all = torch::cat({totals_ + ends, candidates.totals}, 1);
  const auto best = top_k(all, std::min(options_.beam_size, all.size(1))).indices;
  const auto outside = torch::ones_like(all, torch::kBool).scatter_(1, best, false);
  return ends.masked_fill(outside.narrow(1, 0, width()), kNever);
}

// [sentences, width] double.
torch::Tensor BeamSearch::coverage() const {
  if (!received_.defined()) return torch::zeros_like(totals_);
  const auto positions = torch::arange(received_.size(2), source_lengths_.options());
  const auto mask = (positions < source_lengths_).expand_as(received_);
  return coverage_penalty(received_, mask, options_.coverage_penalty).to(torch::kDouble);
}

// Hands the step to each sentence's rule. Returns the places of the sentences that go on.
std::vector<int64_t> BeamSearch::finish(const torch::Tensor& ends, const Candidates& candidates) {
  const auto reports = torch::stack({totals_, ends, coverage()}, 2).flatten(1);
  const auto best_live = candidates.totals.narrow(1, 0, 1);
  const auto table = torch::cat({reports, best_live}, 1).cpu();  // the step's only copy
  std::vector<int64_t> remaining;
  std::vector<RowReport> rows(static_cast<size_t>(width()));
  for (int64_t i = 0; i < sentences(); ++i) {
    const double* const row = table.data_ptr<double>() + i * table.size(1);
    std::memcpy(static_cast<void*>(rows.data()), row, rows.size() * sizeof(RowReport));
    FinishRule& rule = rules_[static_cast<size_t>(active_[static_cast<size_t>(i)])];
    const bool done = rule.step(step_, i * width(), rows, row[width() * kReportColumns]);
    if (!done) remaining.push_back(i);
  }
  return remaining;
}

void BeamSearch::continue_with(Candidates next, const std::vector<int64_t>& remaining) {
  torch::Tensor kept;  // undefined while every sentence goes on
  if (static_cast<int64_t>(remaining.size()) < sentences()) {
    kept = torch::tensor(remaining, torch::kInt64).to(totals_.device());
    for (auto* tensor : {&next.totals, &next.parents, &next.tokens, &next.log_probs}) {
      *tensor = tensor->index_select(0, kept);
    }
    source_lengths_ = source_lengths_.index_select(0, kept);
    if (min_lengths_.defined()) min_lengths_ = min_lengths_.index_select(0, kept);
    for (size_t i = 0; i < remaining.size(); ++i) {
      active_[i] = active_[static_cast<size_t>(remaining[i])];
    }
    active_.resize(remaining.size());
  }
  if (active_.empty()) return;
  const auto rows = next.parents.flatten();
  if (received_.defined()) {
    received_ = received_.flatten(0, 1).index_select(0, rows).view(
        {next.totals.size(0), next.totals.size(1), -1});
  }
  totals_ = next.totals;
  tokens_ = next.tokens.flatten();
  history_.add_choice({rows, tokens_, next.log_probs.flatten()});
  blocker_.advance(rows, tokens_);
  // In a greedy search each row goes on where it was.
  if (options_.beam_size > 1 || kept.defined()) scorer_.select(rows, kept);
}

std::vector<std::vector<Hypothesis>> BeamSearch::results() {
  history_.to_host();
  std::vector<std::vector<Hypothesis>> found(rules_.size());
  for (size_t i = 0; i < rules_.size(); ++i) {
    for (const auto& ending : rules_[i].endings()) {
      found[i].push_back(history_.trace(ending, lengths_[i]));
    }
  }
  return found;
}

}  // namespace

std::vector<std::vector<Hypothesis>> beam_search(StepScorer& scorer,
                                                 const torch::Tensor& source_lengths,
                                                 const SearchOptions& options,
                                                 bool with_attention) {
  torch::NoGradGuard no_grad;
  return BeamSearch(scorer, source_lengths, options, with_attention).run();
}

}  // namespace rondo
