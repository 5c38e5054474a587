#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/ensemble_options.h"
#include "app/decoding/line_report.h"
#include "app/decoding/options.h"
#include "app/machine/options.h"

// The library's front door for translation. Torch-free: a program that links Rondo needs no
// LibTorch header to translate.
namespace rondo {

struct TranslatorOptions {
  std::optional<TestingOptions> testing{};  // empty = the model's own, of several the first's
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;  // int8 changes a shared model for good
  int64_t num_threads = 0;  // LibTorch's, of the whole process; 0 = as they are, at first all cores
  bool with_attention = false;
  EnsembleOptions ensemble{};  // of several models
};

// One of the n best translations of one line.
struct Translation {
  std::string text{};
  double score = 0;                             // what the search ranks by
  double log_prob = 0;                          // nats, </s> counted
  std::vector<std::string> source_pieces{};     // with </s>
  std::vector<std::string> target_pieces{};     // with </s> where it ended by itself
  std::vector<float> token_log_probs{};         // one a target piece
  std::vector<std::vector<float>> attention{};  // [target pieces][source pieces], when asked for
};

// Loads a model file once and translates batches of lines. Thread-safe: any number of threads may
// call at once, since the network is only read. Each of them has num_threads workers of its own, so
// many callers want num_threads 1, or submit().
class Translator {
 public:
  // Throws DataError naming the file when it is missing, damaged or no translation model.
  explicit Translator(const std::filesystem::path& model, const TranslatorOptions& options = {});
  // Shares a model that is already in memory (training validates with this). Thread-safe where its
  // network is in evaluation mode; one in training mode leaves it during each call.
  Translator(std::shared_ptr<struct TranslationModel> model, const TranslatorOptions& options);
  // Several models that choose each token together; they may differ in all but their vocabularies.
  // Throws DataError too where these differ, ConfigError for weights that do not fit.
  Translator(const std::vector<std::filesystem::path>& models, const TranslatorOptions& options);
  Translator(const std::vector<std::shared_ptr<struct TranslationModel>>& models,
             const TranslatorOptions& options);
  ~Translator();
  Translator(Translator&&) noexcept;
  Translator& operator=(Translator&&) noexcept;

  // One list a line, best first, n_best long; an empty line gives one empty translation.
  // Any bytes are accepted. Lines are sorted by length inside, returned in order.
  std::vector<std::vector<Translation>> translate(std::span<const std::string> lines) const;

  // The same on one thread of its own, which joins the requests that wait into batches of up to
  // testing.batch_size lines. The future throws what translating these lines throws, and
  // std::runtime_error if the Translator is destroyed before their turn: it does not work off what
  // waits.
  std::future<std::vector<std::vector<Translation>>> submit(std::vector<std::string> lines);

  LineReport report() const;  // totals since construction, of calls that have ended

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rondo
