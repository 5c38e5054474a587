#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/ensemble_options.h"
#include "app/machine/options.h"

namespace rondo {

struct PairScorerOptions {
  int64_t batch_size = 64;  // pairs scored at once
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;  // int8 changes a shared model for good
  int64_t num_threads = 0;                // 0 = all cores
  std::vector<double> weights{};          // of several models; see EnsembleOptions
};

// How likely a model finds one translation of one source.
struct PairScore {
  double log_prob = 0;                       // nats, </s> counted
  std::vector<std::string> target_pieces{};  // </s> last
  std::vector<float> token_log_probs{};      // one a piece
};

// Force-scores pairs of lines: log p(target | source). Torch-free, like the Translator.
class PairScorer {
 public:
  // Throws DataError naming the file when it is missing, damaged or no translation model.
  explicit PairScorer(const std::filesystem::path& model, const PairScorerOptions& options = {});
  PairScorer(std::shared_ptr<struct TranslationModel> model, const PairScorerOptions& options);
  // Several models of the same vocabularies: the mean of their probabilities of each token. Throws
  // DataError too where the vocabularies differ, ConfigError for weights that do not fit.
  PairScorer(const std::vector<std::filesystem::path>& models, const PairScorerOptions& options);
  PairScorer(const std::vector<std::shared_ptr<struct TranslationModel>>& models,
             const PairScorerOptions& options);
  ~PairScorer();
  PairScorer(PairScorer&&) noexcept;
  PairScorer& operator=(PairScorer&&) noexcept;

  // One score a pair, in order. Any bytes are accepted; an empty target is scored as </s> alone.
  // Throws std::invalid_argument when there are not as many sources as targets.
  std::vector<PairScore> score(std::span<const std::string> sources,
                               std::span<const std::string> targets);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rondo
