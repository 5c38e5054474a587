#include "app/training/health_verdict.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace rondo {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

int64_t steps_of(const LayerHealth& health) {
  return static_cast<int64_t>(health.total.norms.size());
}

Verdict verdict_of(const LayerHealth& health) {
  if (steps_of(health) == 0) return Verdict::vanishing;
  const double change = health.total.first_to_last;
  if (!std::isfinite(change)) return Verdict::exploding;
  if (steps_of(health) < kFewSteps) return Verdict::healthy;
  if (change < kVanishing) return Verdict::vanishing;
  return change > kExploding ? Verdict::exploding : Verdict::healthy;
}

std::string reason_of(const LayerHealth& health) {
  const int64_t steps = steps_of(health);
  if (steps == 0) return "no gradient reaches it";
  const double change = health.total.first_to_last;
  if (!std::isfinite(change)) return "its gradient is not finite";
  if (steps < kFewSteps) return "only " + std::to_string(steps) + " steps: too few to tell";
  if (health.verdict == Verdict::healthy) {
    return "the first of " + std::to_string(steps) + " steps has " + number(change) +
           " of the last one's; 0.01 to 100 is healthy";
  }
  const std::string over =
      number(change) + " of the last step's over " + std::to_string(steps) + " steps; ";
  if (health.verdict == Verdict::vanishing) {
    return "falls to " + over + "below 0.01 is vanishing (Bengio et al. 1994)";
  }
  return "grows to " + over + "above 100 is exploding (Pascanu et al. 2013)";
}

std::string for_simple_rnn(const LayerHealth& health, const LayerSetting& setting) {
  if (setting.nonlinearity == Nonlinearity::relu && health.saturated > 0.9) {
    return "nonlinearity: tanh, or a lower training.learning_rate, since nearly all units are zero";
  }
  if (health.spectral_radius < 0.95) {
    return "rnn_type: lstm or gru; or init_rnn_orthogonal: true, which begins with a spectral "
           "radius of 1 (now " +
           number(health.spectral_radius) + ")";
  }
  if (health.saturated > 0.5) {
    return "rnn_type: lstm or gru, or a lower training.learning_rate, since most states are "
           "saturated";
  }
  return "rnn_type: lstm or gru";
}

std::string for_gated(const LayerHealth& health, const LayerSetting& setting) {
  const std::string chrono = "model.chrono_init: " + std::to_string(steps_of(health));
  if (setting.type == RnnType::lstm && setting.forget_bias < 0.5) {
    return "model.lstm_forget_gate: 1 (its bias is " + number(setting.forget_bias) + "), or " +
           chrono;
  }
  return chrono;
}

std::string against_vanishing(const LayerHealth& health, const LayerSetting& setting) {
  if (steps_of(health) == 0) return "a loss that depends on this layer";
  std::string advice =
      setting.type == RnnType::rnn ? for_simple_rnn(health, setting) : for_gated(health, setting);
  if (!setting.attended) {
    return advice + "; or attention, which reaches every step at once: " +
           (setting.pooled ? "classifier.pooling: attention" : "decoder.type: gnmt");
  }
  if (!setting.bidirectional) return advice + "; or encoder.bidirectional: true";
  return advice;
}

std::string against_exploding(const LayerHealth& health, const LayerSetting& setting) {
  if (!setting.clipped) return "training.clip_grad_norm: 1";
  if (setting.type == RnnType::rnn && health.spectral_radius > 1.05) {
    return "init_rnn_orthogonal: true, which begins with a spectral radius of 1 (now " +
           number(health.spectral_radius) + "), or rnn_type: lstm or gru";
  }
  return "a lower training.learning_rate, or a smaller training.clip_grad_norm";
}

// Where it was not measured the ratio is not a number, and no comparison holds.
std::string against_great_updates(const LayerHealth& health) {
  if (!(health.update_ratio > kGreatUpdate)) return "";
  return "a lower training.learning_rate: one update moves the weights by " +
         number(100 * health.update_ratio) + "% of their norm, 0.1% is usual";
}

}  // namespace

GradientAlongTime along_time(const std::vector<std::vector<double>>& norms) {
  GradientAlongTime along;
  double first = 0, last = 0;
  size_t longest = 0;
  for (const auto& sentence : norms) {
    longest = std::max(longest, sentence.size());
    if (sentence.empty()) continue;
    first += sentence.back();
    last += sentence.front();
  }
  along.reach = static_cast<int64_t>(longest);
  for (size_t back = 0; back < longest; ++back) {
    double here = 0, nearest = 0, sentences = 0;
    for (const auto& sentence : norms) {
      if (back >= sentence.size()) continue;
      here += sentence[back];
      nearest += sentence[0];
      ++sentences;
    }
    along.norms.push_back(here / sentences);
    if (here <= kReachShare * nearest) {
      along.reach = std::min(along.reach, static_cast<int64_t>(back));
    }
  }
  if (longest > 0) along.first_to_last = first / last;
  return along;
}

void judge(LayerHealth& health, const LayerSetting& setting) {
  health.verdict = verdict_of(health);
  health.reason = reason_of(health);
  health.advice.clear();
  if (health.verdict == Verdict::vanishing) health.advice = against_vanishing(health, setting);
  if (health.verdict == Verdict::exploding) health.advice = against_exploding(health, setting);
  const std::string more = against_great_updates(health);
  if (!more.empty()) health.advice += (health.advice.empty() ? "" : "; ") + more;
}

Verdict worst_verdict(const GradientHealth& health) {
  Verdict worst = Verdict::healthy;
  for (const LayerHealth& layer : health.layers) worst = std::max(worst, layer.verdict);
  return worst;
}

}  // namespace rondo
