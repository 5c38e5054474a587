#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "app/config/experiment.h"

// What each enumerator is called in YAML, in logs and in model files: one table an enum.
namespace rondo {

template <class E>
struct EnumName {
  E value;
  std::string_view name;
};

template <class E>
inline constexpr std::array<EnumName<E>, 0> kNames{};

template <>
inline constexpr auto kNames<TaskType> = std::to_array<EnumName<TaskType>>({
    {TaskType::translation, "translation"},
    {TaskType::sentiment, "sentiment"},
    {TaskType::language_model, "language_model"},
    {TaskType::memory, "memory"},
});

template <>
inline constexpr auto kNames<Streaming> = std::to_array<EnumName<Streaming>>({
    {Streaming::automatic, "auto"},
    {Streaming::always, "true"},
    {Streaming::never, "false"},
});

template <>
inline constexpr auto kNames<TokenizerModel> = std::to_array<EnumName<TokenizerModel>>({
    {TokenizerModel::unigram, "unigram"},
    {TokenizerModel::bpe, "bpe"},
    {TokenizerModel::character, "char"},
    {TokenizerModel::word, "word"},
});

template <>
inline constexpr auto kNames<RnnType> = std::to_array<EnumName<RnnType>>({
    {RnnType::rnn, "rnn"},
    {RnnType::lstm, "lstm"},
    {RnnType::gru, "gru"},
});

template <>
inline constexpr auto kNames<Nonlinearity> = std::to_array<EnumName<Nonlinearity>>({
    {Nonlinearity::tanh, "tanh"},
    {Nonlinearity::relu, "relu"},
});

template <>
inline constexpr auto kNames<DecoderType> = std::to_array<EnumName<DecoderType>>({
    {DecoderType::gnmt, "gnmt"},
    {DecoderType::luong, "luong"},
    {DecoderType::bahdanau, "bahdanau"},
    {DecoderType::vanilla, "vanilla"},
});

template <>
inline constexpr auto kNames<AttentionType> = std::to_array<EnumName<AttentionType>>({
    {AttentionType::dot, "dot"},
    {AttentionType::scaled_dot, "scaled_dot"},
    {AttentionType::general, "general"},
    {AttentionType::additive, "additive"},
});

template <>
inline constexpr auto kNames<BridgeType> = std::to_array<EnumName<BridgeType>>({
    {BridgeType::zero, "zero"},
    {BridgeType::last, "last"},
    {BridgeType::mean, "mean"},
});

template <>
inline constexpr auto kNames<BatchType> = std::to_array<EnumName<BatchType>>({
    {BatchType::token, "token"},
    {BatchType::sentence, "sentence"},
});

template <>
inline constexpr auto kNames<OptimizerType> = std::to_array<EnumName<OptimizerType>>({
    {OptimizerType::adam, "adam"},
    {OptimizerType::adamw, "adamw"},
    {OptimizerType::sgd, "sgd"},
});

template <>
inline constexpr auto kNames<Scheduling> = std::to_array<EnumName<Scheduling>>({
    {Scheduling::none, "none"},
    {Scheduling::plateau, "plateau"},
    {Scheduling::warmup_inverse_sqrt, "warmup_inverse_sqrt"},
    {Scheduling::cosine, "cosine"},
    {Scheduling::step, "step"},
});

template <>
inline constexpr auto kNames<GradientPolicy> = std::to_array<EnumName<GradientPolicy>>({
    {GradientPolicy::warn, "warn"},
    {GradientPolicy::skip, "skip"},
    {GradientPolicy::clip, "clip"},
    {GradientPolicy::rollback, "rollback"},
});

template <>
inline constexpr auto kNames<MemoryProblem> = std::to_array<EnumName<MemoryProblem>>({
    {MemoryProblem::adding, "adding"},
    {MemoryProblem::copy, "copy"},
    {MemoryProblem::reverse, "reverse"},
});

template <>
inline constexpr auto kNames<Metric> = std::to_array<EnumName<Metric>>({
    {Metric::loss, "loss"},
    {Metric::ppl, "ppl"},
    {Metric::bleu, "bleu"},
    {Metric::chrf, "chrf"},
    {Metric::accuracy, "accuracy"},
    {Metric::macro_f1, "macro_f1"},
    {Metric::micro_f1, "micro_f1"},
    {Metric::mcc, "mcc"},
    {Metric::auc, "auc"},
    {Metric::mae, "mae"},
    {Metric::rmse, "rmse"},
    {Metric::pearson, "pearson"},
    {Metric::spearman, "spearman"},
});

template <>
inline constexpr auto kNames<GradientCompression> = std::to_array<EnumName<GradientCompression>>({
    {GradientCompression::none, "none"},
    {GradientCompression::bf16, "bf16"},
});

template <>
inline constexpr auto kNames<Precision> = std::to_array<EnumName<Precision>>({
    {Precision::automatic, "auto"},
    {Precision::fp32, "fp32"},
    {Precision::bf16, "bf16"},
    {Precision::int8, "int8"},
});

template <>
inline constexpr auto kNames<DeviceChoice> = std::to_array<EnumName<DeviceChoice>>({
    {DeviceChoice::automatic, "auto"},
    {DeviceChoice::cpu, "cpu"},
    {DeviceChoice::cuda, "cuda"},
});

template <>
inline constexpr auto kNames<Normalization> = std::to_array<EnumName<Normalization>>({
    {Normalization::tokens, "tokens"},
    {Normalization::batch, "batch"},
    {Normalization::none, "none"},
});

template <>
inline constexpr auto kNames<Pooling> = std::to_array<EnumName<Pooling>>({
    {Pooling::last, "last"},
    {Pooling::mean, "mean"},
    {Pooling::max, "max"},
    {Pooling::concat, "concat"},
    {Pooling::attention, "attention"},
});

template <>
inline constexpr auto kNames<RecordFormat> = std::to_array<EnumName<RecordFormat>>({
    {RecordFormat::automatic, "auto"},
    {RecordFormat::lines, "lines"},
    {RecordFormat::tsv, "tsv"},
    {RecordFormat::csv, "csv"},
    {RecordFormat::jsonl, "jsonl"},
    {RecordFormat::fasttext, "fasttext"},
});

template <>
inline constexpr auto kNames<TargetType> = std::to_array<EnumName<TargetType>>({
    {TargetType::classes, "classes"},
    {TargetType::multi_label, "multi_label"},
    {TargetType::ordinal, "ordinal"},
    {TargetType::value, "value"},
});

template <>
inline constexpr auto kNames<OnError> = std::to_array<EnumName<OnError>>({
    {OnError::stop, "stop"},
    {OnError::skip, "skip"},
});

template <>
inline constexpr auto kNames<ClassWeights> = std::to_array<EnumName<ClassWeights>>({
    {ClassWeights::none, "none"},
    {ClassWeights::balanced, "balanced"},
    {ClassWeights::given, "given"},
});

template <>
inline constexpr auto kNames<ThresholdChoice> = std::to_array<EnumName<ThresholdChoice>>({
    {ThresholdChoice::none, "none"},
    {ThresholdChoice::accuracy, "accuracy"},
    {ThresholdChoice::f1, "f1"},
    {ThresholdChoice::mcc, "mcc"},
});

template <class E>
concept NamedEnum = !kNames<E>.empty();

template <NamedEnum E>
constexpr std::string_view yaml_name(E value) {
  for (const auto& entry : kNames<E>) {
    if (entry.value == value) return entry.name;
  }
  return "?";
}

template <NamedEnum E>
constexpr std::optional<E> from_name(std::string_view name) {
  for (const auto& entry : kNames<E>) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

}  // namespace rondo
