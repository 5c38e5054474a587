#include "app/tasks/model_fit.h"

#include <type_traits>

#include "app/config/names.h"
#include "app/errors.h"

namespace rondo {
namespace {

template <class T>
std::string text_of(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(yaml_name(value));
  } else {
    return std::to_string(value);
  }
}

// Compares the keys of one section.
struct SectionFit {
  std::string where{}, section{};

  template <class T>
  void same(const std::string& key, T found, T wanted) const {
    if (found == wanted) return;
    throw DataError(where + ": does not fit: its " + section + key + " is " + text_of(found) +
                    ", the experiment's " + text_of(wanted) + "; set it to " + text_of(found));
  }
};

// What encoder and decoder have in common.
template <class Side>
void check_side(const SectionFit& fit, const Side& found, const Side& wanted) {
  fit.same("rnn_type", found.rnn_type, wanted.rnn_type);
  fit.same("hidden_size", found.hidden_size, wanted.hidden_size);
  fit.same("num_layers", found.num_layers, wanted.num_layers);
  fit.same("embedding_dim", found.embedding_dim, wanted.embedding_dim);
  fit.same("residual", found.residual, wanted.residual);
  fit.same("layer_norm", found.layer_norm, wanted.layer_norm);
  if (found.rnn_type == RnnType::rnn) {
    fit.same("nonlinearity", found.nonlinearity, wanted.nonlinearity);
  }
}

void check_decoder(const SectionFit& fit, const DecoderOptions& found,
                   const DecoderOptions& wanted) {
  fit.same("type", found.type, wanted.type);
  check_side(fit, found, wanted);
  fit.same("init_hidden", found.init_hidden, wanted.init_hidden);
  if (found.type == DecoderType::vanilla) return;
  fit.same("attention", found.attention, wanted.attention);
  if (found.type != DecoderType::luong) return;
  fit.same("input_feeding", found.input_feeding, wanted.input_feeding);
}

}  // namespace

void check_fits(const std::string& where, const EncoderOptions& found,
                const EncoderOptions& wanted) {
  const SectionFit fit{where, "model.encoder."};
  check_side(fit, found, wanted);
  fit.same("bidirectional", found.bidirectional, wanted.bidirectional);
}

void check_fits(const std::string& where, const Seq2SeqOptions& found,
                const Seq2SeqOptions& wanted) {
  check_fits(where, found.encoder, wanted.encoder);
  check_decoder({where, "model.decoder."}, found.decoder, wanted.decoder);
  const SectionFit fit{where, "model."};
  fit.same("tied_softmax", found.tied_softmax, wanted.tied_softmax);
  fit.same("scale_embeddings", found.scale_embeddings, wanted.scale_embeddings);
}

void check_fits(const std::string& where, const ClassifierOptions& found,
                const ClassifierOptions& wanted) {
  check_fits(where, found.encoder, wanted.encoder);
  const SectionFit fit{where, "model.classifier."};
  fit.same("pooling", found.pooling, wanted.pooling);
  fit.same("members", found.members, wanted.members);
  if (found.pooling != Pooling::attention) return;
  fit.same("attention_heads", found.attention_heads, wanted.attention_heads);
}

}  // namespace rondo
