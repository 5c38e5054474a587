"""A classifier as PyTorch users write it: packed layers, then each sentence pooled by itself from
its own states, so that no mask is needed."""

import torch
from torch import nn

from rnn import PackedEncoder

POOLINGS = ("last", "mean", "max", "concat", "attention")


class Classifier(nn.Module):
    """One recurrent layer of 3 units a direction, pooling (two heads), 3 logits."""

    def __init__(self, kind, bidirectional, pooling, vocab, dim=4, hidden=3, heads=2, outputs=3):
        super().__init__()
        self.pooling, self.heads = pooling, heads
        self.encoder = PackedEncoder(kind, vocab, dim, hidden, 1, bidirectional, False)
        self.encoder.embedding.padding_idx = 0
        width = hidden * self.encoder.directions
        if pooling == "attention":
            self.hidden = nn.Linear(width, width)
            self.score = nn.Linear(width, heads, bias=False)
        self.output = nn.Linear(width * {"concat": 3, "attention": heads}.get(pooling, 1), outputs)

    def pool(self, states, last):
        """One sentence's states [length, width], last [width] -> vector, weights [heads, length]"""
        if self.pooling == "attention":
            weights = self.score(torch.tanh(self.hidden(states))).softmax(0).t()
            return (weights @ states).flatten(), weights
        highest, mean = states.max(0).values, states.mean(0)
        vectors = {"last": last, "mean": mean, "max": highest}
        vectors["concat"] = torch.cat([last, highest, mean])
        return vectors[self.pooling], None

    def forward(self, tokens, lengths):
        """tokens [time, batch] -> logits [batch, outputs], attention [batch, heads, time]"""
        states, last = self.encoder(tokens, lengths)
        attention = torch.zeros(len(lengths), self.heads, len(tokens))
        vectors = []
        for b, length in enumerate(lengths.tolist()):
            vector, weights = self.pool(states[:length, b], last[-1, b])
            vectors.append(vector)
            if weights is not None:
                attention[b, :, :length] = weights
        return self.output(torch.stack(vectors)), attention

    def rondo_parameters(self):
        """Rondo's parameter name -> parameter."""
        named = self.encoder.rondo_parameters("encoder.")
        named["embedding.weight"] = self.encoder.embedding.weight
        for name, parameter in self.named_parameters():
            if name.startswith(("hidden.", "score.")):
                named["pool." + name] = parameter
            if name.startswith("output."):
                named[name] = parameter
        return named
