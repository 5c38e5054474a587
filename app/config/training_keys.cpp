#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <iterator>

#include "app/config/experiment_keys.h"
#include "app/config/number_text.h"
#include "app/config/yaml_value.h"

namespace rondo {
namespace {

using Keys = std::vector<Key>;

Key betas_key(double& first, double& second) {
  Key made{.name = "adam_betas",
           .doc = "decay of Adam's two moments (Kingma & Ba 2015)",
           .expects = "a list of 2 numbers, in [0, 1)"};
  made.read = [&first, &second](const YAML::Node& node) {
    const std::vector<double> betas = read_numbers(node, 2, probability());
    first = betas[0];
    second = betas[1];
  };
  made.write = [&first, &second] {
    return "[" + number_text(first) + ", " + number_text(second) + "]";
  };
  return made;
}

// JoeyNMT's epochs: 20 and updates: 20000, for duration: 20e and 20ku.
Key length_alias(const std::string& name, Duration& duration, Duration::Unit unit) {
  Key made{.name = name,
           .doc = "the same as duration, as a plain number",
           .expects = "a whole number, at least 1",
           .replaces = {"duration", name == "epochs" ? "updates" : "epochs"}};
  made.read = [&duration, unit](const YAML::Node& node) {
    duration = {unit, static_cast<double>(read_number<int64_t>(node, at_least(1)))};
  };
  made.derived = true;
  made.write = [] { return std::nullopt; };
  return made;
}

Keys batch_keys(TrainingOptions& o, BatchOptions& batching) {
  return {
      key("random_seed", o.random_seed, at_least(0), "of weights, dropout and batch order"),
      key("batch_type", batching.batch_type, "what batch_size counts"),
      key("batch_size", batching.batch_size, at_least(1),
          "target pieces with padding, or sentence pairs; small batches learn more an epoch"),
      key("batch_multiplier", o.batch_multiplier, at_least(1), "batches accumulated an update"),
      key("normalization", o.normalization, "what the summed loss is divided by"),
      key("label_smoothing", o.label_smoothing, probability(),
          "probability moved from the right piece to all others"),
  };
}

Keys optimizer_keys(TrainingOptions& o) {
  return {
      key("optimizer", o.optimizer, "adamw is adam with decoupled weight decay"),
      betas_key(o.adam_beta1, o.adam_beta2),
      key("adam_eps", o.adam_eps, above(0), "keeps Adam's divisor above zero"),
      key("momentum", o.momentum, probability(), "of sgd only"),
      key("weight_decay", o.weight_decay, at_least(0), "0 = off"),
      key("clip_grad_norm", o.clip_grad_norm, at_least(0), "greatest gradient norm; 0 = off"),
      key("clip_grad_val", o.clip_grad_val, at_least(0), "greatest gradient element; 0 = off"),
      key("ema_decay", o.ema_decay, probability(),
          "exponential moving average of the weights; 0 = off"),
  };
}

Keys schedule_keys(TrainingOptions& o) {
  return {
      key("learning_rate", o.learning_rate, above(0), "at its peak"),
      key("learning_rate_min", o.learning_rate_min, at_least(0), "plateau stops training below it"),
      key("scheduling", o.scheduling, "how the learning rate changes after warm-up"),
      key("learning_rate_warmup", o.learning_rate_warmup, at_least(0),
          "updates of linear warm-up, before any schedule"),
      key("cosine_min_ratio", o.cosine_min_ratio, closed(0, 1),
          "cosine ends at this share of learning_rate"),
      key("cosine_cycles", o.cosine_cycles, at_least(1),
          "times that cosine falls from the full rate; each end is kept as snapshot-N.rondo"),
      key("decrease_factor", o.decrease_factor, open(0, 1), "plateau and step multiply by it"),
      key("plateau_patience", o.plateau_patience, at_least(0),
          "validations without a new best before plateau lowers the learning rate"),
      frequency_key("step_size", o.step_size, "between two decreases of step"),
  };
}

Keys rhythm_keys(TrainingOptions& o) {
  Key duration = duration_key("duration", o.max_duration, "when training ends");
  duration.replaces = {"epochs", "updates"};
  return {
      duration,
      length_alias("epochs", o.max_duration, Duration::Unit::epochs),
      length_alias("updates", o.max_duration, Duration::Unit::updates),
      frequency_key("validation_freq", o.validation_freq, "between two validations"),
      optional_frequency_key("save_freq", o.save_freq,
                             "between two checkpoints; none = at each validation"),
      duration_key("timeout", o.timeout,
                   "several workers: time without a sign of life after which one counts as lost"),
      key("gradient_compression", o.gradient_compression,
          "several workers: what they send of their gradients; bf16 halves the bytes"),
      key("logging_freq", o.logging_freq, at_least(1), "updates between two lines of the log"),
      key("early_stopping_metric", o.early_stopping_metric, "what makes a validation the best"),
      key("early_stopping_patience", o.early_stopping_patience, at_least(0),
          "validations without a new best before training stops; 0 = never stop early"),
      key("keep_best_ckpts", o.keep_best_ckpts, at_least(1), "best models kept on disk"),
      key("max_skipped_updates", o.max_skipped_updates, at_least(1),
          "updates in a row whose loss is not finite before training gives up"),
      key("print_valid_sents", o.print_valid_sents, at_least(0),
          "translations logged at each validation"),
      renamed_key("patience",
                  "early_stopping_patience (to stop) or plateau_patience (to lower the rate)"),
  };
}

// int8, the last of the names, is for using a model that is trained.
Key training_precision_key(Precision& field) {
  std::vector<std::string> names;
  for (const auto& [value, name] : kNames<Precision>) {
    if (value != Precision::int8) names.emplace_back(name);
  }
  const auto index = [&field] { return static_cast<size_t>(field); };
  const auto choose = [&field](size_t chosen) { field = static_cast<Precision>(chosen); };
  return choice_key("precision", std::move(names), index, choose,
                    "auto: bf16 where the processor or GPU is fast at it");
}

Keys machine_keys(TrainingOptions& o) {
  return {
      training_precision_key(o.precision),
      key("device", o.device, "auto: cuda where there is one"),
      key("num_threads", o.num_threads, at_least(0), "threads on the CPU; 0 = all cores"),
      key("overwrite", o.overwrite, "replace an existing run folder"),
      renamed_key("use_cuda", "device: auto, cpu or cuda"),
      renamed_key("fp16", "precision: auto, fp32 or bf16"),
  };
}

Keys start_keys(TrainingOptions& o) {
  return {
      key("load_model", o.load_model, "a model whose weights to start from; empty = none"),
      key("reset_optimizer", o.reset_optimizer,
          "forget the moments of a checkpoint given as load_model"),
      key("reset_scheduler", o.reset_scheduler,
          "begin at update 0, whatever a checkpoint given as load_model had reached"),
      list_key("freeze", o.freeze,
               "parameters that stay as they are, by the beginnings of their names: encoder"),
  };
}

Keys health_keys(TrainingOptions& o) {
  return {
      optional_frequency_key("diagnose_freq", o.diagnose_freq,
                             "between two looks at how gradients flow; none = never"),
      key("gradient_policy", o.gradient_policy,
          "what to do where the gradient is not finite or far too long: say so, leave the update "
          "out, clip it to the usual norm, or go back to the last checkpoint at a lower rate"),
      key("gradient_spike", o.gradient_spike, at_least(0),
          "a norm is far too long from so many times the usual one; 0 = never"),
  };
}

}  // namespace

std::vector<Key> transfer_keys(TrainingOptions& o) {
  return {
      key("load_encoder", o.load_encoder,
          "a translator, classifier or language model to take embedding, encoder and source "
          "tokenizer from; empty = none"),
      key("r_drop_alpha", o.r_drop_alpha, at_least(0),
          "weight of the divergence of two passes under dropout (Wu et al. 2021); 0 = off"),
      key("reset_tokenizer", o.reset_tokenizer,
          "train a new tokenizer, and match the embeddings of load_model or load_encoder by piece"),
  };
}

Key sampled_softmax_key(TrainingOptions& o) {
  return key("sampled_softmax", o.sampled_softmax, at_least(0),
             "target pieces drawn an update to stand for the whole vocabulary, besides the batch's "
             "own (Jean et al. 2015); for vocabularies some times as large, as 8192 of 64000; 0 = "
             "all");
}

Key training_keys(TrainingOptions& o, BatchOptions& batching) {
  Keys keys;
  for (Keys part : {batch_keys(o, batching), optimizer_keys(o), schedule_keys(o), rhythm_keys(o),
                    start_keys(o), health_keys(o), machine_keys(o)}) {
    std::ranges::move(part, std::back_inserter(keys));
  }
  return section("training", "how the weights are learned", std::move(keys));
}

}  // namespace rondo
