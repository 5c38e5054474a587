#include "app/decoding/beam.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "app/decoding/beam_candidates.h"
#include "app/decoding/beam_history.h"
#include "app/decoding/coverage.h"
#include "app/decoding/finish_rule.h"
#include "app/decoding/ngram_blocker.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

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
  // The rows of the next step, as far as they are chosen.
  struct Next {
    BeamHistory::Choice choice;
    std::vector<double> totals;
    std::vector<int64_t> remaining;  // places of the sentences that go on
  };

  void start(const torch::Tensor& source_lengths);
  void advance();
  BannedTokens banned_tokens() const;
  void receive(const torch::Tensor& attention);
  std::vector<float> coverage() const;
  void hold_back(std::vector<float>& ends) const;
  void choose(int64_t sentence, const RankedTokens& best, std::span<const float> coverage,
              Next& next);
  void continue_with(Next next);
  torch::Tensor on_device(const std::vector<int64_t>& values) const;
  std::vector<std::vector<Hypothesis>> results();

  int64_t sentences() const { return static_cast<int64_t>(active_.size()); }
  int64_t rows() const { return static_cast<int64_t>(totals_.size()); }
  int64_t width() const { return rows() / sentences(); }

  StepScorer& scorer_;
  SearchOptions options_;
  bool with_attention_ = false;
  NgramBlocker blocker_;
  BeamHistory history_;

  int64_t step_ = 0;               // tokens each live hypothesis has
  std::vector<int64_t> active_;    // the sentences still searched, by their place in the batch
  std::vector<int64_t> lengths_;   // [batch], </s> counted
  std::vector<int64_t> minima_;    // [batch], least lengths
  std::vector<FinishRule> rules_;  // [batch]
  std::vector<int64_t> tokens_;    // [rows], the last of each hypothesis
  std::vector<double> totals_;     // [rows], log-probability so far
  torch::Tensor received_;         // [rows, source_time], with coverage_penalty only
  torch::Tensor source_lengths_;   // [sentences] int64, on the scorer's device
};

void BeamSearch::start(const torch::Tensor& source_lengths) {
  const auto host = source_lengths.to(torch::kCPU, torch::kInt64).contiguous();
  const int64_t batch = host.size(0);
  lengths_.assign(host.data_ptr<int64_t>(), host.data_ptr<int64_t>() + batch);
  for (const int64_t length : lengths_) {
    const auto limits = length_limits(length - 1, options_);
    rules_.emplace_back(limits, options_);
    minima_.push_back(limits.min);
  }
  active_.resize(lengths_.size());
  std::iota(active_.begin(), active_.end(), 0);
  source_lengths_ = source_lengths;
  tokens_.assign(lengths_.size(), kBosId);
  totals_.assign(lengths_.size(), 0.0);
}

void BeamSearch::advance() {
  RankedStep ranked = scorer_.rank(on_device(tokens_), options_.beam_size, banned_tokens());
  receive(ranked.attention);
  hold_back(ranked.best.ends);
  const auto penalties = coverage();
  Next next;
  for (int64_t i = 0; i < sentences(); ++i) choose(i, ranked.best, penalties, next);
  continue_with(std::move(next));
  ++step_;
}

BannedTokens BeamSearch::banned_tokens() const {
  // Endings are looked at apart.
  BannedTokens banned{.everywhere = {kPadId, kBosId, kEosId}, .rows = blocker_.banned()};
  if (!options_.generate_unk) banned.everywhere.push_back(kUnkId);
  return banned;
}

void BeamSearch::receive(const torch::Tensor& attention) {
  if (!attention.defined()) return;
  if (with_attention_) history_.add_attention(attention);
  if (options_.coverage_penalty == 0) return;
  received_ = received_.defined() ? received_ + attention : attention;
}

// [rows], or empty where it plays no part.
std::vector<float> BeamSearch::coverage() const {
  if (!received_.defined()) return {};
  const auto shaped = received_.view({sentences(), width(), -1});
  const auto positions = torch::arange(received_.size(1), source_lengths_.options());
  const auto mask = (positions < source_lengths_.view({-1, 1, 1})).expand_as(shaped);
  const auto penalties = coverage_penalty(shaped, mask, options_.coverage_penalty)
                             .to(torch::kCPU, torch::kFloat)
                             .contiguous();
  return {penalties.data_ptr<float>(), penalties.data_ptr<float>() + penalties.numel()};
}

// No end before the minimum length.
void BeamSearch::hold_back(std::vector<float>& ends) const {
  for (int64_t i = 0; i < sentences(); ++i) {
    if (minima_[static_cast<size_t>(active_[static_cast<size_t>(i)])] <= step_) continue;
    std::fill_n(ends.begin() + i * width(), width(), kNever);
  }
}

// Hands the step to the sentence's rule and, if it goes on, its best candidates to the next step.
void BeamSearch::choose(int64_t sentence, const RankedTokens& best, std::span<const float> coverage,
                        Next& next) {
  const auto first = static_cast<size_t>(sentence * width());
  const auto own = static_cast<size_t>(width());
  const SentenceRows rows{sentence * width(), std::span(totals_).subspan(first, own)};
  const auto candidates =
      best_candidates(rows, best, std::min(options_.beam_size, width() * best.each));
  auto reports =
      report_rows(rows, std::span(best.ends).subspan(first, own), candidates, options_.beam_size);
  for (size_t i = 0; i < own && !coverage.empty(); ++i) {
    reports[i].coverage_penalty = static_cast<double>(coverage[first + i]);
  }
  FinishRule& rule = rules_[static_cast<size_t>(active_[static_cast<size_t>(sentence)])];
  if (rule.step(step_, rows.first, reports, candidates.front().total)) return;
  next.remaining.push_back(sentence);
  for (const Candidate& candidate : candidates) {
    next.totals.push_back(candidate.total);
    next.choice.parents.push_back(candidate.parent);
    next.choice.tokens.push_back(candidate.token);
    next.choice.log_probs.push_back(candidate.log_prob);
  }
}

void BeamSearch::continue_with(Next next) {
  const bool all = static_cast<int64_t>(next.remaining.size()) == sentences();
  for (size_t i = 0; i < next.remaining.size(); ++i) {
    active_[i] = active_[static_cast<size_t>(next.remaining[i])];
  }
  active_.resize(next.remaining.size());
  if (active_.empty()) return;
  const auto& parents = next.choice.parents;
  bool moved = !all || parents.size() != totals_.size();
  for (size_t i = 0; i < parents.size(); ++i) moved |= parents[i] != static_cast<int64_t>(i);
  if (moved) {
    const auto kept = all ? torch::Tensor() : torch::tensor(next.remaining, torch::kInt64);
    const auto rows = torch::tensor(parents, torch::kInt64);
    scorer_.select(rows, kept);
    const auto on = source_lengths_.device();
    if (received_.defined()) received_ = received_.index_select(0, rows.to(on));
    if (kept.defined()) source_lengths_ = source_lengths_.index_select(0, kept.to(on));
  }
  totals_ = std::move(next.totals);
  tokens_.assign(next.choice.tokens.begin(), next.choice.tokens.end());
  blocker_.advance(parents, next.choice.tokens);
  history_.add_choice(std::move(next.choice));
}

torch::Tensor BeamSearch::on_device(const std::vector<int64_t>& values) const {
  return torch::tensor(values, torch::kInt64).to(source_lengths_.device());
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
