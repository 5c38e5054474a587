#include "app/config/experiment_keys.h"

namespace rondo {
namespace {

// Known once the tokenizer is; written into model files, never into a config by hand.
Key vocabulary_key(int64_t& vocab_size) {
  Key made = key("vocab_size", vocab_size, at_least(0), "set by the tokenizer; leave it out");
  made.derived = true;
  made.write = [&vocab_size]() -> std::optional<std::string> {
    return vocab_size == 0 ? std::nullopt : std::optional(std::to_string(vocab_size));
  };
  return made;
}

Key embeddings_advice() {
  return renamed_key("embeddings", "embedding_dim, embedding_dropout and model.scale_embeddings");
}

}  // namespace

Key chrono_key(int64_t& steps) {
  return key("chrono_init", steps, at_least(0),
             "gate biases for memories of up to so many steps (Tallec & Ollivier 2018), instead of "
             "lstm_forget_gate; 0 = off");
}

Key encoder_keys(EncoderOptions& o) {
  return section(
      "encoder", "reads the text",
      {
          vocabulary_key(o.vocab_size),
          key("embedding_dim", o.embedding_dim, at_least(1), "width of a piece's vector"),
          key("rnn_type", o.rnn_type, "Elman's simple RNN, LSTM or GRU"),
          key("nonlinearity", o.nonlinearity, "of rnn only"),
          key("hidden_size", o.hidden_size, at_least(1),
              "width of a direction; a bidirectional encoder's states are twice as wide"),
          key("num_layers", o.num_layers, at_least(1), "recurrent layers"),
          key("bidirectional", o.bidirectional, "also read from the end to the beginning"),
          key("residual", o.residual,
              "adds a layer's input to its output, from the second layer on"),
          key("dropout", o.dropout, probability(), "on each layer's output"),
          key("embedding_dropout", o.embedding_dropout, probability(), "on the embedded pieces"),
          key("word_dropout", o.word_dropout, probability(),
              "a piece's whole vector becomes 0 (Iyyer et al. 2015)"),
          key("variational_dropout", o.variational_dropout,
              "the same dropout at every step of a sentence (Gal & Ghahramani 2016)"),
          key("weight_dropout", o.weight_dropout, probability(),
              "on the recurrent matrices (Merity et al. 2018)"),
          key("recurrent_dropout", o.recurrent_dropout, probability(),
              "on whole units of the state a step reads, one mask a batch (Gal & Ghahramani 2016)"),
          key("layer_norm", o.layer_norm, "normalises each layer's output (Ba et al. 2016)"),
          embeddings_advice(),
      });
}

namespace {

Key decoder_keys(DecoderOptions& o) {
  return section(
      "decoder", "writes the target",
      {
          key("type", o.type,
              "gnmt: attention read once over the first layer, fastest (Wu et al. 2016); luong: "
              "after the recurrence (2015); bahdanau: inside it (2015); vanilla: no attention"),
          vocabulary_key(o.vocab_size),
          key("embedding_dim", o.embedding_dim, at_least(1), "width of a target piece's vector"),
          key("rnn_type", o.rnn_type, "Elman's simple RNN, LSTM or GRU"),
          key("nonlinearity", o.nonlinearity, "of rnn only"),
          key("hidden_size", o.hidden_size, at_least(1), "width of a state"),
          key("num_layers", o.num_layers, at_least(1), "recurrent layers"),
          key("attention", o.attention,
              "how well a source state fits; dot and scaled_dot need states of equal width"),
          key("input_feeding", o.input_feeding,
              "luong only, others ignore it: the attentional vector enters the next step"),
          key("init_hidden", o.init_hidden,
              "first state: zero, or from the encoder's last states, or from their mean"),
          key("residual", o.residual,
              "adds a layer's input to its output, from the second layer on"),
          key("dropout", o.dropout, probability(), "between layers"),
          key("embedding_dropout", o.embedding_dropout, probability(), "on the embedded pieces"),
          key("output_dropout", o.output_dropout, probability(),
              "on the features that meet the vocabulary"),
          key("word_dropout", o.word_dropout, probability(),
              "a piece's whole vector becomes 0 (Iyyer et al. 2015)"),
          key("variational_dropout", o.variational_dropout,
              "the same dropout at every step of a sentence (Gal & Ghahramani 2016)"),
          key("weight_dropout", o.weight_dropout, probability(),
              "on the recurrent matrices (Merity et al. 2018)"),
          key("recurrent_dropout", o.recurrent_dropout, probability(),
              "on whole units of the state a step reads, one mask a batch (Gal & Ghahramani 2016)"),
          key("layer_norm", o.layer_norm, "normalises each layer's output (Ba et al. 2016)"),
          embeddings_advice(),
      });
}

}  // namespace

Key model_keys(Seq2SeqOptions& o) {
  return section(
      "model", "the encoder-decoder network",
      {
          key("tied_embeddings", o.tied_embeddings,
              "one embedding for source and target; needs tokenizer.joint"),
          key("tied_softmax", o.tied_softmax, "the output layer reuses the target embedding"),
          key("scale_embeddings", o.scale_embeddings,
              "embeddings times sqrt(embedding_dim) on the way in"),
          key("init_rnn_orthogonal", o.init_rnn_orthogonal,
              "recurrent matrices begin orthogonal (Saxe et al. 2014)"),
          key("lstm_forget_gate", o.lstm_forget_gate, any_value(),
              "initial bias of LSTM forget gates (Jozefowicz et al. 2015)"),
          chrono_key(o.chrono_init),
          encoder_keys(o.encoder),
          decoder_keys(o.decoder),
      });
}

}  // namespace rondo
