"""Attention, the four decoders and the whole translator, step by step on torch.nn's cells."""

import math

import torch
from torch import nn

from rnn import PackedEncoder, cell


class Attention(nn.Module):
    """score(q, k): dot q.k; scaled_dot q.k / sqrt(dim); general q.(W k); additive v.tanh(Wq + Uk)."""

    def __init__(self, kind, query, memory):
        super().__init__()
        self.kind = kind
        if kind in ("general", "additive"):
            self.key = nn.Linear(memory, query, bias=False)
        if kind == "additive":
            self.query = nn.Linear(query, query)
            self.energy = nn.Linear(query, 1, bias=False)

    def score(self, query, key):
        if self.kind == "additive":
            return self.energy(torch.tanh(self.query(query) + self.key(key))).squeeze(-1)
        if self.kind == "general":
            key = self.key(key)
        product = (query * key).sum(-1)
        return product / math.sqrt(query.shape[-1]) if self.kind == "scaled_dot" else product

    def forward(self, query, states, mask):
        """query [batch, query]; states [time, batch, memory]; mask [time, batch]."""
        scores = self.score(query.unsqueeze(0), states).masked_fill(~mask, -math.inf)
        weights = torch.softmax(scores, 0)
        return (weights.unsqueeze(-1) * states).sum(0), weights.t()


class Decoder(nn.Module):
    """A decoder of kind gnmt, luong, luong_feed, bahdanau or vanilla, one target token at a time."""

    def __init__(self, o, memory):
        super().__init__()
        self.o = o
        self.hidden, self.count, self.kind = o["hidden"], o["layers"], o["decoder"]
        self.features = o["dim"] if o["tied_softmax"] else self.hidden
        first, upper = o["dim"], self.hidden
        seen = self.hidden + memory
        if self.kind == "gnmt":
            upper += memory
        if self.kind == "luong_feed":
            first += self.features
        if self.kind in ("bahdanau", "vanilla"):
            first += memory
        if self.kind == "bahdanau":
            seen += o["dim"]
        self.cells = nn.ModuleList(
            cell(o["rnn"], first if i == 0 else upper, self.hidden) for i in range(self.count)
        )
        if self.kind != "vanilla":
            self.attention = Attention(o["attention"], self.hidden, memory)
        if o["bridge"] != "zero":
            self.bridge = nn.Linear(memory, self.count * self.hidden)
        self.readout = nn.Linear(seen, self.features)
        if not o["tied_softmax"]:
            self.output_weight = nn.Parameter(torch.empty(o["vocab"], self.features))
        self.output_bias = nn.Parameter(torch.empty(o["vocab"]))

    def start(self, states, last, mask):
        batch = states.shape[1]
        hidden = [torch.zeros(batch, self.hidden)] * self.count
        if self.o["bridge"] != "zero":
            summary = last[-1]
            if self.o["bridge"] == "mean":
                real = [states[: int(mask[:, b].sum()), b].mean(0) for b in range(batch)]
                summary = torch.stack(real)
            hidden = torch.tanh(self.bridge(summary)).chunk(self.count, 1)
        return [(h, torch.zeros_like(h)) for h in hidden]

    def run(self, i, inputs, state):
        """One cell; state is (hidden, cell) whatever the kind of recurrence."""
        if self.o["rnn"] == "lstm":
            return self.cells[i](inputs, state)
        hidden = self.cells[i](inputs, state[0])
        return hidden, torch.zeros_like(hidden)

    def stack(self, first, inputs, extra, state):
        """The cells from first up, each seeing [what is below; extra]; residuals above the first."""
        for i in range(first, self.count):
            state[i] = self.run(i, torch.cat([inputs, *extra], -1), state[i])
            inputs = state[i][0] + inputs if self.o["residual"] and i > 0 else state[i][0]
        return inputs

    def step(self, embedded, source, state, feed):
        """-> what the readout sees, attention weights; changes state in place."""
        states, last, mask = source
        if self.kind == "gnmt":
            state[0] = self.run(0, embedded, state[0])
            context, weights = self.attention(state[0][0], states, mask)
            return [self.stack(1, state[0][0], [context], state), context], weights
        if self.kind == "bahdanau":
            context, weights = self.attention(state[-1][0], states, mask)
            top = self.stack(0, torch.cat([embedded, context], -1), [], state)
            return [top, context, embedded], weights
        if self.kind == "vanilla":
            top = self.stack(0, torch.cat([embedded, last[-1]], -1), [], state)
            return [top, last[-1]], torch.zeros(0)
        inputs = torch.cat([embedded, feed], -1) if self.kind == "luong_feed" else embedded
        top = self.stack(0, inputs, [], state)
        context, weights = self.attention(top, states, mask)
        return [top, context], weights

    def forward(self, embedded, source):
        """embedded [time, batch, dim] -> features, attention, last hidden state of the top layer."""
        state = self.start(*source)
        feed = torch.zeros(embedded.shape[1], self.features)
        features, attention = [], []
        for step in embedded:
            seen, weights = self.step(step, source, state, feed)
            feed = self.readout(torch.cat(seen, -1))
            if not self.o["tied_softmax"]:
                feed = torch.tanh(feed)
            features.append(feed)
            attention.append(weights)
        return torch.stack(features), torch.stack(attention), state[-1][0]


class Translator(nn.Module):
    """Encoder and decoder with their embeddings, tied or not."""

    def __init__(self, o):
        super().__init__()
        self.o = o
        scale = math.sqrt(o["dim"])  # scale_embeddings is on
        self.encoder = PackedEncoder(
            o["rnn"], o["vocab"], o["dim"], o["hidden"] // 2, 1, True, False, scale
        )
        self.decoder = Decoder(o, memory=o["hidden"])
        self.target = self.encoder.embedding
        if not o["tied_embeddings"]:
            self.target = nn.Embedding(o["vocab"], o["dim"])

    def forward(self, source, lengths, target_in):
        states, last = self.encoder(source, lengths)
        mask = torch.arange(len(source)).unsqueeze(1) < lengths
        embedded = self.target(target_in) * self.encoder.scale
        return self.decoder(embedded, (states, last, mask))

    def logits(self, features):
        tied = self.o["tied_softmax"]
        weight = self.target.weight if tied else self.decoder.output_weight
        return nn.functional.linear(features, weight, self.decoder.output_bias)

    def rondo_parameters(self):
        """Rondo's parameter name -> parameter."""
        named = self.encoder.rondo_parameters("encoder.")
        if self.o["tied_embeddings"]:
            named["embedding.weight"] = self.target.weight
        else:
            named["source_embedding.weight"] = self.encoder.embedding.weight
            named["target_embedding.weight"] = self.target.weight
        for name, parameter in self.decoder.named_parameters():
            if name.startswith("cells."):  # torch.nn's cells use the same names inside
                name = name.replace("cells.", "layer_", 1)
            named["decoder." + name] = parameter
        return named
