#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/decoding/ensemble_options.h"
#include "app/decoding/translation_stream.h"
#include "app/machine/options.h"

namespace rondo {

// What was said on the command line; what was not keeps the value of the model's testing section.
struct TranslateArguments {
  std::vector<std::string> inputs;  // models, then perhaps a text
  std::vector<std::string> models;  // of --models; then inputs may hold a text alone
  std::string file = "-";
  std::string shard{};  // NUMBER/COUNT; empty = all of it
  Combination combine = Combination::mean;
  std::vector<double> weights;
  std::optional<int64_t> beam_size, n_best, batch_size, no_repeat_ngram_size;
  std::optional<std::string> shortlist;
  std::optional<int64_t> shortlist_first, shortlist_best;
  std::optional<double> shortlist_threshold;
  std::optional<double> beam_alpha, coverage_penalty, min_length_ratio, max_length_ratio;
  bool crop = false, generate_unk = false;
  TranslationFormat format;
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;
  int64_t num_threads = 0;
};

// Translates lines, as many as there are, in order.
void run_translate(const TranslateArguments& arguments);

}  // namespace rondo
