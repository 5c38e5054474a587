#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/machine/options.h"

namespace rondo {

// A length of training with its unit, written 5e (epochs), 10ku (updates) or 30min.
struct Duration {
  enum class Unit { none, epochs, updates, seconds } unit = Unit::none;
  double value = 0;

  bool operator==(const Duration&) const = default;
};

enum class OptimizerType { adam, adamw, sgd };
enum class Scheduling { none, plateau, warmup_inverse_sqrt, cosine, step };

// What happens to an update whose gradient is wrong: not finite, or far longer than usual. One that
// is not finite is never taken, whatever the policy.
enum class GradientPolicy { warn, skip, clip, rollback };

// What workers send each other of their gradients: all of it, or bf16, in half the bytes.
enum class GradientCompression { none, bf16 };

// The last eight are of classifiers; see app/metrics/classification.h.
enum class Metric {
  loss,
  ppl,
  bleu,
  chrf,
  accuracy,
  macro_f1,
  micro_f1,
  mcc,
  auc,
  mae,
  rmse,
  pearson,
  spearman
};
enum class Normalization { tokens, batch, none };  // what the summed loss is divided by

struct TrainingOptions {
  uint64_t random_seed = 42;
  OptimizerType optimizer = OptimizerType::adam;
  double learning_rate = 0.002;
  double learning_rate_min = 0.0;  // plateau stops training below it
  double adam_beta1 = 0.9, adam_beta2 = 0.999, adam_eps = 1e-8;
  double momentum = 0.0;  // sgd
  double weight_decay = 0.0;
  Scheduling scheduling = Scheduling::cosine;
  int64_t learning_rate_warmup = 0;  // updates of linear warm-up, before any schedule
  double cosine_min_ratio = 0.05;    // cosine ends at this share of learning_rate
  // cosine: this many times from the full rate to the end, in equal parts (Loshchilov & Hutter
  // 2017); the model at the end of each part is kept as a snapshot (Huang et al. 2017).
  int64_t cosine_cycles = 1;
  double decrease_factor = 0.5;  // plateau and step multiply by it
  int64_t plateau_patience = 3;  // validations without a new best before a decrease
  Duration step_size{Duration::Unit::epochs, 10};  // step: between decreases
  double clip_grad_norm = 1.0;                     // 0 = off
  double clip_grad_val = 0.0;                      // 0 = off
  double label_smoothing = 0.1;                    // in [0, 1)
  int64_t batch_multiplier = 1;                    // batches accumulated an update
  Normalization normalization = Normalization::tokens;
  double ema_decay = 0.0;  // exponential moving average of the weights; 0 = off
  Duration max_duration{Duration::Unit::epochs, 20};  // "duration": when training ends
  Duration validation_freq{Duration::Unit::epochs, 1};
  Duration save_freq;         // none = at each validation
  int64_t logging_freq = 50;  // updates
  Metric early_stopping_metric = Metric::bleu;
  int64_t early_stopping_patience = 8;  // validations without a new best; 0 = never stop early
  int64_t keep_best_ckpts = 1;
  int64_t max_skipped_updates = 20;  // in a row, because the loss was not finite
  int64_t print_valid_sents = 3;     // decoded examples in the log at each validation
  Precision precision = Precision::automatic;
  DeviceChoice device = DeviceChoice::automatic;
  int64_t num_threads = 0;  // 0 = all cores
  std::string load_model;   // start from these weights; empty = from scratch
  // Of load_model where it is a checkpoint:
  bool reset_optimizer = true;   // else its moments go on
  bool reset_scheduler = true;   // else its updates, epochs and learning rate go on
  bool reset_tokenizer = false;  // a new tokenizer for this text; embeddings are matched by piece
  std::string load_encoder;      // take embedding and encoder from this model; empty = none
  std::vector<std::string> freeze{};  // parameters that stay as they are, by the beginnings of
                                      // their names: encoder, embedding
  double r_drop_alpha = 0.0;  // weight of the divergence of two passes under dropout (Wu et al.
                              // 2021); 0 = off
  // translation: entries of the vocabulary, besides the batch's own targets, that stand for all in
  // an update (Jean et al. 2015); 0 = all. Validations always see all.
  int64_t sampled_softmax = 0;
  Duration diagnose_freq{Duration::Unit::updates, 200};  // between two looks at the gradients
  GradientPolicy gradient_policy = GradientPolicy::warn;
  double gradient_spike = 100.0;       // a norm so many times the usual one is wrong; 0 = none is
  double discriminative_factor = 1.0;  // each layer away from the output learns at this times the
                                       // rate of the one before it; 1 = off
  int64_t gradual_unfreezing =
      0;  // epochs until one more layer learns, from the output down; 0 = off
  // Of several workers:
  Duration timeout{Duration::Unit::seconds,
                   300};  // without a sign of life until one counts as lost
  GradientCompression gradient_compression = GradientCompression::none;
  bool overwrite = false;  // replace an existing run folder

  bool operator==(const TrainingOptions&) const = default;
};

}  // namespace rondo
