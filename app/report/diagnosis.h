#pragma once

#include <string>
#include <vector>

#include "app/report/gradient_health.h"

namespace rondo {

// What `rondo diagnose` found, and of what.
struct Diagnosis {
  std::string subject{};  // "runs/x/latest.ckpt, update 4000"
  std::string text{};     // what the sample was taken from: "its training text"
  GradientHealth health{};
};

// A table, the norms along time as bars, reasons and advice.
std::string to_text(const Diagnosis& diagnosis);

// One JSON object, every norm in it; null for what was not measured.
std::string to_json(const Diagnosis& diagnosis);

// One self-contained page with a chart a layer: it loads nothing and runs no script.
std::string to_html(const Diagnosis& diagnosis);

// Norms that are counted back from the last step, drawn from the first step to the last in at most
// so many columns. A bar's height is the logarithm: each of the eight is 3.2 times the one below,
// the highest is the greatest norm, and a dot is zero.
std::string bars_along_time(const std::vector<double>& norms, size_t columns);

}  // namespace rondo
