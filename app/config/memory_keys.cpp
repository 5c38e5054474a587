#include "app/config/experiment_keys.h"

// The keys that only a synthetic problem's experiment has.
namespace rondo {

Key memory_data_keys(MemoryOptions& o) {
  return section(
      "data", "a synthetic problem, every example made on the fly",
      {
          key("problem", o.problem,
              "adding: the sum of two marked numbers; copy: symbols again after a wait; reverse: "
              "symbols in the other order"),
          key("length", o.length, at_least(2), "numbers, steps to wait, or symbols"),
          key("symbols", o.symbols, at_least(2), "different symbols of copy and reverse"),
          key("copied", o.copied, at_least(1), "symbols that copy repeats"),
          key("examples", o.examples, at_least(1), "an epoch, new ones in each"),
          key("dev_examples", o.dev_examples, at_least(1), "the same at every validation"),
      });
}

Key sequence_reader_keys(SequenceReaderOptions& o) {
  return section("model", "recurrent layers, and a linear layer over their states",
                 {
                     key("rnn_type", o.rnn_type, "Elman's simple RNN, LSTM or GRU"),
                     key("nonlinearity", o.nonlinearity, "of rnn only"),
                     key("hidden_size", o.hidden_size, at_least(1), "width of a state"),
                     key("num_layers", o.num_layers, at_least(1), "recurrent layers"),
                     key("init_rnn_orthogonal", o.init_rnn_orthogonal,
                         "recurrent matrices begin orthogonal (Saxe et al. 2014)"),
                     key("lstm_forget_gate", o.lstm_forget_gate, any_value(),
                         "initial bias of LSTM forget gates (Jozefowicz et al. 2015)"),
                     chrono_key(o.chrono_init),
                 });
}

}  // namespace rondo
