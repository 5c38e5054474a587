#pragma once

#include "models/classifier.h"
#include "models/seq2seq.h"
#include "models/torchscript/script_module.h"

// The TorchScript twins of whole networks. Shapes are those of the C++ modules; times come first.
namespace rondo {

// Methods:
//   start(tokens [time, batch] int64, lengths [batch] int64) -> (memory, state): List[Tensor] each;
//     memory is what a decoder attends to, state what it carries from step to step (first dimension
//     rows = sentences * hypotheses), both opaque to the caller.
//   step(tokens [rows] int64, memory, state) -> (logits [rows, vocab] float32, attention
//     [rows, source_time] float32, of width 0 where the decoder does not attend, state)
//   select_memory(memory, sentences [n] int64) and select_state(state, rows [n] int64) ->
//   List[Tensor] forward(source [time, batch], lengths [batch], target_in [time, batch]) -> logits
//     [time, batch, vocab] float32: teacher forcing.
torch::jit::Module script_seq2seq(Seq2SeqImpl& network, ScriptPrecision precision);

// Methods:
//   forward(tokens [time, batch] int64, lengths [batch] int64) -> logits [batch, outputs] float32
torch::jit::Module script_classifier(ClassifierImpl& network, ScriptPrecision precision);

}  // namespace rondo
