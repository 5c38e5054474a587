#include "app/training/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace rondo {
namespace {

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  char text[256];
  const int length = std::snprintf(text, sizeof text, format, values...);
  return {text, static_cast<size_t>(std::clamp<int>(length, 0, sizeof text - 1))};
}

// Columns of the bar itself.
constexpr int kBarWidth = 20;

}  // namespace

std::string short_duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "?";
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 60) return formatted("%llds", whole);
  if (whole < 3600) return formatted("%lldm%02llds", whole / 60, whole % 60);
  return formatted("%lldh%02lldm", whole / 3600, whole / 60 % 60);
}

std::string progress_line(const ProgressReport& report) {
  std::string line =
      formatted("epoch %lld  update %lld  loss %.3f", static_cast<long long>(report.epoch),
                static_cast<long long>(report.update), report.loss);
  if (!std::isnan(report.ppl)) line += formatted("  ppl %.2f", report.ppl);
  line += formatted("  %.0f tok/s  |g| %.2f  lr %.3g", report.tokens_per_second,
                    report.gradient_norm, report.learning_rate);
  line += "  left " + short_duration(report.seconds_left);
  if (report.skipped_updates > 0) {
    line += formatted("  skipped %lld", static_cast<long long>(report.skipped_updates));
  }
  return line;
}

std::string progress_bar(const ProgressReport& report, int columns) {
  const double share = std::clamp(report.epoch_share, 0.0, 1.0);
  const int filled = static_cast<int>(std::lround(share * kBarWidth));
  std::string bar = "[" + std::string(filled, '=') + std::string(kBarWidth - filled, ' ') + "] ";
  bar += progress_line(report);
  if (columns > 0 && bar.size() > static_cast<size_t>(columns)) bar.resize(columns);
  return bar;
}

}  // namespace rondo
