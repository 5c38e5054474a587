"""Recurrent layers and encoders as PyTorch users write them: torch.nn modules, packed sequences."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

RNN_TYPES = ("rnn_tanh", "rnn_relu", "lstm", "gru")


def rnn(kind, *sizes, **options):
    if kind == "lstm":
        return nn.LSTM(*sizes, **options)
    if kind == "gru":
        return nn.GRU(*sizes, **options)
    return nn.RNN(*sizes, nonlinearity=kind.removeprefix("rnn_"), **options)


def cell(kind, *sizes):
    if kind == "lstm":
        return nn.LSTMCell(*sizes)
    if kind == "gru":
        return nn.GRUCell(*sizes)
    return nn.RNNCell(*sizes, nonlinearity=kind.removeprefix("rnn_"))


def randomise(module, generator):
    """Every parameter uniform in [-1, 1], wide enough that gates and attention are far from flat;
    biases are positive, so that the units of a relu recurrence live."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            draw = torch.rand(parameter.shape, generator=generator)
            parameter.copy_(draw * 0.5 if "bias" in name else draw * 2 - 1)


class PackedEncoder(nn.Module):
    """Embedding, then bidirectional (or not) layers over packed sequences."""

    def __init__(self, kind, vocab, dim, hidden, layers, bidirectional, residual, scale=1.0):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.scale = scale
        self.residual = residual
        self.directions = 2 if bidirectional else 1
        # A residual stack needs the layers apart; otherwise it is one torch.nn module.
        counts = [1] * layers if residual else [layers]
        width = hidden * self.directions
        self.stacks = nn.ModuleList(
            rnn(kind, dim if i == 0 else width, hidden, count, bidirectional=bidirectional)
            for i, count in enumerate(counts)
        )

    def forward(self, tokens, lengths):
        """tokens [time, batch] -> states [time, batch, width], last [layers, batch, width]."""
        states = self.embedding(tokens) * self.scale
        last = []
        for i, stack in enumerate(self.stacks):
            packed = pack_padded_sequence(states, lengths, enforce_sorted=False)
            output, final = stack(packed)
            output, _ = pad_packed_sequence(output, total_length=len(tokens))
            hidden = final[0] if isinstance(final, tuple) else final
            layers, batch = hidden.shape[0] // self.directions, hidden.shape[1]
            hidden = hidden.view(layers, self.directions, batch, -1)
            last.append(hidden.transpose(1, 2).reshape(layers, batch, -1))
            states = states + output if self.residual and i > 0 else output
        return states, torch.cat(last)

    def rondo_parameters(self, prefix=""):
        """Rondo's parameter name -> parameter, without the embedding, which may be shared."""
        named, layer = {}, 0
        for stack in self.stacks:
            for i in range(stack.num_layers):
                for direction, suffix in (("forward", ""), ("backward", "_reverse")):
                    for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                        theirs = f"{name}_l{i}{suffix}"
                        if hasattr(stack, theirs):
                            ours = f"{prefix}{direction}_{layer}.{name}"
                            named[ours] = getattr(stack, theirs)
                layer += 1
        return named
