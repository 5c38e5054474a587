#include "models/matrix_work.h"

#include <string>

namespace rondo {
namespace {

bool begins_with(const std::string& name, const char* prefix) { return name.rfind(prefix, 0) == 0; }

}  // namespace

MatrixWork matrix_work(Seq2SeqImpl& model) {
  MatrixWork work;
  for (const auto& item : model.named_parameters()) {
    if (item.value().dim() != 2 || item.key().find("embedding") != std::string::npos) continue;
    const auto size = static_cast<double>(item.value().numel());
    if (begins_with(item.key(), "encoder.") || begins_with(item.key(), "decoder.attention.key")) {
      work.per_source_token += size;
    } else if (begins_with(item.key(), "decoder.bridge")) {
      work.per_sentence += size;
    } else if (begins_with(item.key(), "decoder.attention.energy")) {
      work.per_pair += size;
    } else if (item.key() != "decoder.output_weight") {
      work.per_target_token += size;
    }
  }
  work.per_target_token += static_cast<double>(model.decoder().output_weight().numel());
  const auto& options = model.options.decoder;
  if (options.type != DecoderType::vanilla) {
    const bool multiplies = options.attention != AttentionType::additive;
    work.per_pair += static_cast<double>((multiplies ? options.hidden_size : 0) +
                                         model.encoder()->output_size());
  }
  return work;
}

MatrixWork matrix_work(ClassifierImpl& model) {
  MatrixWork work;
  for (const auto& item : model.named_parameters()) {
    const std::string& name = item.key();
    if (item.value().dim() != 2 || name.find("embedding") != std::string::npos) continue;
    const bool output = name.find("output.") != std::string::npos;
    (output ? work.per_sentence : work.per_source_token) +=
        static_cast<double>(item.value().numel());
  }
  if (model.options.pooling == Pooling::attention) {  // the weighted mean of the states
    const EncoderOptions& encoder = model.options.encoder;
    const int64_t width = encoder.hidden_size * (encoder.bidirectional ? 2 : 1);
    work.per_source_token +=
        static_cast<double>(model.options.members * model.options.attention_heads * width);
  }
  return work;
}

double training_flops(const MatrixWork& work, const TokenCounts& counts) {
  const double multiply_adds =
      work.per_sentence * counts.sentences + work.per_source_token * counts.source_tokens +
      work.per_target_token * counts.target_tokens + work.per_pair * counts.pairs;
  return 2.0 * 3.0 * multiply_adds;
}

}  // namespace rondo
