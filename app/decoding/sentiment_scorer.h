#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/decoding/explanation.h"
#include "app/decoding/line_report.h"
#include "app/decoding/options.h"
#include "app/decoding/scored.h"
#include "app/machine/options.h"

// The library's front door for classification. Torch-free, like the Translator.
namespace rondo {

struct SentimentScorerOptions {
  std::optional<ScoringOptions> scoring{};  // empty = the model's own
  std::optional<double> threshold{};        // instead of that in scoring
  std::optional<int64_t> batch_size{};      // likewise; pieces
  DeviceChoice device = DeviceChoice::automatic;
  // int8 changes a shared model for good, and lets the lines of a batch touch one another's answers
  // in the third digit.
  Precision precision = Precision::fp32;
  int64_t num_threads = 0;  // LibTorch's, of the whole process; 0 = as they are, at first all cores
};

// Loads a classifier once and scores batches of lines. Thread-safe, as the Translator is: the
// network is only read, and each calling thread has num_threads workers of its own.
class SentimentScorer {
 public:
  // Throws DataError naming the file when it is missing, damaged or no sentiment model, and
  // ConfigError for a device that is not there.
  explicit SentimentScorer(const std::filesystem::path& model,
                           const SentimentScorerOptions& options = {});
  // Shares a model that is already in memory, on the device it is on. Thread-safe where its network
  // is in evaluation mode; one in training mode leaves it during each call.
  SentimentScorer(std::shared_ptr<struct SentimentModel> model,
                  const SentimentScorerOptions& options);
  ~SentimentScorer();
  SentimentScorer(SentimentScorer&&) noexcept;
  SentimentScorer& operator=(SentimentScorer&&) noexcept;

  // One answer a line, in order. Any bytes are accepted; an empty line is scored as </s> alone, a
  // line of more than scoring.max_length pieces in windows (text_windows.h) whose logits are
  // averaged by their shares. What else is in `lines` makes no difference to a line's answer.
  std::vector<Scored> score(std::span<const std::string> lines) const;

  // The same on one thread of its own, which joins the requests that wait, up to 256 lines. The
  // future throws what scoring these lines throws, and std::runtime_error if the scorer is
  // destroyed before their turn.
  std::future<std::vector<Scored>> submit(std::vector<std::string> lines);

  // What each word does to the answer. Throws ConfigError where the model has no such explanation.
  std::vector<Explanation> explain(std::span<const std::string> lines, ExplainMethod method) const;

  const Experiment& experiment() const;            // of the model
  const std::vector<std::string>& labels() const;  // empty for TargetType::value
  const ScoringOptions& scoring() const;           // in use
  LineReport report() const;  // totals since construction; split = read in windows

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rondo
