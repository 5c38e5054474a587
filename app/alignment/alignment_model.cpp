#include "app/alignment/alignment_model.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "app/alignment/parallel_ranges.h"

namespace rondo {
namespace {

constexpr double kUnit = 4294967296.0;  // 2^32

// Of a target piece: what each source piece of its sentence, and none, says for it.
struct Claim {
  int64_t pair = 0;
  double weight = 0;
};

double sum_of(const std::vector<Claim>& claims) {
  return std::accumulate(claims.begin(), claims.end(), 0.0,
                         [](double sum, const Claim& claim) { return sum + claim.weight; });
}

}  // namespace

struct AlignmentModel::Sentence {
  std::vector<double> nearness{};  // [source pieces], of the target piece at hand, with the sum 1
  std::vector<Claim> claims{};

  // Of target piece j of m to each of n source pieces.
  void measure(int64_t n, double place, double tension) {
    nearness.resize(static_cast<size_t>(n));
    double sum = 0;
    for (size_t i = 0; i < nearness.size(); ++i) {
      const double distance = (static_cast<double>(i) + 1) / static_cast<double>(n) - place;
      sum += nearness[i] = std::exp(-tension * std::abs(distance));
    }
    for (double& value : nearness) value /= sum;
  }
};

AlignmentModel::AlignmentModel(const AlignedText& text, const AlignmentOptions& options)
    : text_(text),
      options_(options),
      pairs_(text, options.num_threads),
      probabilities_(static_cast<size_t>(pairs_.size()),
                     1.0F / static_cast<float>(text.target_vocab)),
      counts_(probabilities_.size(), 0) {}

// Adds the line's expected counts; returns its log-probability.
double AlignmentModel::expect(int64_t line, Sentence& scratch) {
  const auto source = text_.source[line], target = text_.target[line];
  const auto n = static_cast<int64_t>(source.size());
  const double some = n == 0 ? 0.0 : 1.0 - options_.null_share;
  double log_probability = 0;
  for (size_t j = 0; j < target.size(); ++j) {
    const double place = (static_cast<double>(j) + 1) / static_cast<double>(target.size());
    scratch.measure(n, place, options_.tension);
    auto& claims = scratch.claims;
    claims.clear();
    const auto claim = [&](int64_t row, double share) {
      const int64_t pair = pairs_.number(row, target[j]);
      claims.push_back({pair, share * probabilities_[static_cast<size_t>(pair)]});
    };
    claim(pairs_.null_row(), 1.0 - some);
    for (size_t i = 0; i < source.size(); ++i) claim(source[i], some * scratch.nearness[i]);
    const double sum = sum_of(claims);
    if (!(sum > 0)) continue;  // all its pairs have come down to nothing
    log_probability += std::log(sum);
    for (const Claim& each : claims) {
      std::atomic_ref(counts_[static_cast<size_t>(each.pair)])
          .fetch_add(static_cast<uint64_t>(each.weight / sum * kUnit), std::memory_order_relaxed);
    }
  }
  return log_probability;
}

double AlignmentModel::improve() {
  // Summed in the order of the lines, so that threads do not change it.
  std::vector<double> log_probabilities(static_cast<size_t>(text_.source.size()));
  parallel_ranges(text_.source.size(), options_.num_threads, [&](int64_t begin, int64_t end) {
    Sentence scratch;
    for (int64_t line = begin; line < end; ++line) {
      log_probabilities[static_cast<size_t>(line)] = expect(line, scratch);
    }
  });
  maximise();
  return std::accumulate(log_probabilities.begin(), log_probabilities.end(), 0.0);
}

void AlignmentModel::maximise() {
  parallel_ranges(pairs_.rows(), options_.num_threads, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const auto first = static_cast<size_t>(pairs_.begin(row)),
                 last = static_cast<size_t>(pairs_.begin(row + 1));
      uint64_t sum = 0;
      for (size_t pair = first; pair < last; ++pair) sum += counts_[pair];
      const double scale = sum == 0 ? 0.0 : 1.0 / static_cast<double>(sum);
      for (size_t pair = first; pair < last; ++pair) {
        probabilities_[pair] = static_cast<float>(static_cast<double>(counts_[pair]) * scale);
        counts_[pair] = 0;
      }
    }
  });
}

double AlignmentModel::probability(int32_t source, int32_t target) const {
  const auto targets = pairs_.targets(source);
  if (!std::ranges::binary_search(targets, target)) return 0;
  return probabilities_[static_cast<size_t>(pairs_.number(source, target))];
}

namespace {

std::vector<LexicalEntry> shares_of(const AlignedText& text) {
  std::vector<int64_t> counts(static_cast<size_t>(text.target_vocab), 0);
  for (int64_t line = 0; line < text.target.size(); ++line) {
    for (const int32_t piece : text.target[line]) ++counts[static_cast<size_t>(piece)];
  }
  std::vector<LexicalEntry> shares;
  const auto all = static_cast<double>(text.target.tokens());
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    shares.push_back(
        {static_cast<int32_t>(i), static_cast<float>(static_cast<double>(counts[i]) / all)});
  }
  return shares;
}

}  // namespace

LexicalTable AlignmentModel::table(const RowLimits& limits) const {
  std::vector<std::vector<LexicalEntry>> rows(static_cast<size_t>(pairs_.null_row()));
  parallel_ranges(pairs_.null_row(), options_.num_threads, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      std::vector<LexicalEntry> all;
      auto pair = static_cast<size_t>(pairs_.begin(row));
      for (const int32_t target : pairs_.targets(row)) {
        const float probability = probabilities_[pair++];
        if (probability > 0) all.push_back({target, probability});
      }
      rows[static_cast<size_t>(row)] = likeliest(std::move(all), limits);
    }
  });
  LexicalTable table;
  for (const auto& row : rows) table.push_back(row);
  auto shares = shares_of(text_);
  table.push_back(likeliest(shares, {.best = static_cast<int64_t>(shares.size())}));
  return table;
}

LexicalTable learn_lexical_table(const AlignedText& text, const AlignmentOptions& options,
                                 const RowLimits& limits) {
  AlignmentModel model(text, options);
  for (int64_t i = 0; i < options.iterations; ++i) model.improve();
  return model.table(limits);
}

}  // namespace rondo
