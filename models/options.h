#pragma once

#include <cstdint>

// What a model is made of, as plain values. Torch-free, so that configuration, storage and the
// command line can speak of models without LibTorch's headers.
namespace rondo {

// rnn: Elman 1990; lstm: Hochreiter & Schmidhuber 1997 with a forget gate; gru: Cho et al. 2014.
enum class RnnType { rnn, lstm, gru };

enum class Nonlinearity { tanh, relu };  // of the simple RNN only

// gnmt: the first layer's whole output attends once, later layers read [state; context]
//       (Wu et al. 2016); nothing recurrent depends on attention.
// luong: attention after the recurrence (Luong et al. 2015). bahdanau: inside it (Bahdanau et al.
// 2015). vanilla: no attention, the context is the encoder's last state (Sutskever et al. 2014).
enum class DecoderType { gnmt, luong, bahdanau, vanilla };

// Luong et al. 2015 (dot, general), Vaswani et al. 2017 (scaled_dot), Bahdanau et al. 2015
// (additive).
enum class AttentionType { dot, scaled_dot, general, additive };

// How the decoder's first state is made: zeros, or a tanh layer over the encoder's last states or
// over the mean of all its states.
enum class BridgeType { zero, last, mean };

struct EncoderOptions {
  int64_t vocab_size = 0;  // rows of the embedding; filled from the tokenizer
  int64_t embedding_dim = 256;
  RnnType rnn_type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t hidden_size = 256;  // a direction; a bidirectional encoder's states are twice as wide
  int64_t num_layers = 1;
  bool bidirectional = true;
  bool residual = false;           // adds a layer's input to its output from the second layer on
  double dropout = 0.2;            // on each layer's output, in [0, 1)
  double embedding_dropout = 0.2;  // on the embedded tokens, in [0, 1)
  // The three below are drawn anew for each batch and are off in translation's shipped settings.
  double word_dropout = 0.0;         // on whole tokens, in [0, 1) (Iyyer et al. 2015)
  bool variational_dropout = false;  // one dropout mask for all steps (Gal & Ghahramani 2016)
  double weight_dropout = 0.0;       // on the recurrent matrices, in [0, 1) (Merity et al. 2018)
  // On whole units of the state that a step reads, the same for all steps and sentences of a batch,
  // in [0, 1) (Gal & Ghahramani 2016, with one mask a batch instead of one a sentence).
  double recurrent_dropout = 0.0;
  bool layer_norm = false;  // normalises each layer's output (Ba et al. 2016), before residual and
                            // dropout

  bool operator==(const EncoderOptions&) const = default;
};

struct DecoderOptions {
  DecoderType type = DecoderType::gnmt;
  int64_t vocab_size = 0;  // filled from the tokenizer
  int64_t embedding_dim = 256;
  RnnType rnn_type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t hidden_size = 512;
  int64_t num_layers = 2;  // gnmt needs at least 1
  AttentionType attention = AttentionType::general;
  bool input_feeding = true;  // luong only: the attentional vector is fed to the next step
  BridgeType init_hidden = BridgeType::last;
  bool residual = false;           // as in the encoder
  double dropout = 0.2;            // between layers, in [0, 1)
  double embedding_dropout = 0.2;  // on the embedded tokens, in [0, 1)
  double output_dropout = 0.2;     // on the features that meet the vocabulary, in [0, 1)
  // As in the encoder.
  double word_dropout = 0.0;
  bool variational_dropout = false;
  double weight_dropout = 0.0;
  double recurrent_dropout = 0.0;
  bool layer_norm = false;

  bool operator==(const DecoderOptions&) const = default;
};

struct Seq2SeqOptions {
  EncoderOptions encoder;
  DecoderOptions decoder;
  bool tied_embeddings = false;     // one embedding for source and target; needs a joint vocabulary
  bool tied_softmax = true;         // the output layer reuses the target embedding
  bool scale_embeddings = true;     // embeddings times sqrt(embedding_dim) on the way in
  bool init_rnn_orthogonal = true;  // orthogonal recurrent matrices (Saxe et al. 2014)
  double lstm_forget_gate = 1.0;    // initial forget-gate bias (Jozefowicz et al. 2015)
  // Gate biases drawn for memories of up to so many steps (Tallec & Ollivier 2018, eq. 16), of LSTM
  // and GRU, instead of lstm_forget_gate; 0 = off.
  int64_t chrono_init = 0;

  bool operator==(const Seq2SeqOptions&) const = default;
};

// How the states become one vector a sentence; see pooling.h.
enum class Pooling { last, mean, max, concat, attention };

struct ClassifierOptions {
  EncoderOptions encoder;
  Pooling pooling = Pooling::attention;
  int64_t attention_heads = 1;  // of Pooling::attention
  int64_t outputs = 0;          // logits; filled from the labels
  double output_dropout = 0.2;  // on the pooled vector, in [0, 1)
  int64_t members = 1;  // networks that learn side by side and answer with their mean logits
  bool init_rnn_orthogonal = true;
  double lstm_forget_gate = 1.0;
  int64_t chrono_init = 0;

  bool operator==(const ClassifierOptions&) const = default;
};

// Recurrent layers over vectors and a linear layer over each state; see models/sequence_reader.h.
struct SequenceReaderOptions {
  int64_t inputs = 0;   // width of a step's input; filled from the task
  int64_t outputs = 0;  // of each step; filled from the task
  RnnType rnn_type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t hidden_size = 128;
  int64_t num_layers = 1;
  bool init_rnn_orthogonal = true;
  double lstm_forget_gate = 1.0;
  int64_t chrono_init = 0;

  bool operator==(const SequenceReaderOptions&) const = default;
};

struct ClassLossOptions {
  double label_smoothing = 0.0;  // in [0, 1)
  double focal_gamma = 0.0;      // Lin et al. 2017; 0 = off

  bool operator==(const ClassLossOptions&) const = default;
};

}  // namespace rondo
