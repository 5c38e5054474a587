"""The same model and loss in plain PyTorch, as one would write it well: nn.LSTM over whole
sequences, a gnmt decoder with general attention, the output layer on real tokens only, fused Adam,
bfloat16 autocast. Sizes, initial values and dropout are Rondo's."""
import random

import peer

PAD, UNK, BOS, EOS = 0, 1, 2, 3


def read_ids(settings, part, limit=100):
    with open(settings.vocabulary_file, encoding="utf-8") as file:
        ids = {piece: 4 + i for i, piece in enumerate(file.read().split("\n")[:-1])}
    sides = []
    for side in ("src", "trg"):
        with open(settings.pieces(part, side), encoding="utf-8") as file:
            sides.append([[ids.get(piece, UNK) for piece in line.split()] for line in file])
    return [(s, t) for s, t in zip(*sides) if 0 < len(s) <= limit and 0 < len(t) <= limit]


def make_batches(pairs, settings):
    """Batches of like lengths, in random order."""
    order = random.Random(settings.seed)
    pairs = sorted(pairs, key=lambda pair: (len(pair[1]), len(pair[0]), order.random()))
    size = settings.batch_sentences
    batches = [pairs[i : i + size] for i in range(0, len(pairs) - size + 1, size)]
    order.shuffle(batches)
    return batches


def define(settings):
    import torch
    from torch import nn
    from torch.nn import functional as F

    def padded(rows):
        longest = max(map(len, rows))
        return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]).T.contiguous()

    class Translator(nn.Module):
        def __init__(self):
            super().__init__()
            rnn = {"lstm": nn.LSTM, "gru": nn.GRU}[settings.rnn_type]
            width, memory, hidden = settings.embedding, 2 * settings.hidden, settings.decoder_hidden
            self.source = nn.Embedding(settings.vocabulary, width, padding_idx=PAD)
            self.target = nn.Embedding(settings.vocabulary, width, padding_idx=PAD)
            for table in (self.source, self.target):
                nn.init.normal_(table.weight, std=width**-0.5)
            self.scale = width**0.5
            self.onward = rnn(width, settings.hidden)
            self.backward_ = rnn(width, settings.hidden)
            self.layers = nn.ModuleList(
                rnn(width if i == 0 else hidden + memory, hidden) for i in range(settings.layers))
            self.bridge = nn.Linear(memory, settings.layers * hidden)
            self.score = nn.Linear(memory, hidden, bias=False)
            self.readout = nn.Linear(hidden + memory, hidden)
            self.output = nn.Linear(hidden, settings.vocabulary)

        def encode(self, tokens, lengths):
            time = torch.arange(tokens.size(0)).unsqueeze(1)
            mirrored = torch.where(time < lengths, lengths - 1 - time, time)
            inputs = self.drop(self.source(tokens) * self.scale)
            wide = mirrored.unsqueeze(-1)
            onward, _ = self.onward(inputs)
            back, _ = self.backward_(inputs.gather(0, wide.expand(-1, -1, inputs.size(2))))
            last = torch.cat([onward.gather(0, (lengths - 1).view(1, -1, 1).expand(
                1, -1, onward.size(2))), back.gather(0, (lengths - 1).view(1, -1, 1).expand(
                    1, -1, back.size(2)))], -1)[0]
            back = back.gather(0, wide.expand(-1, -1, back.size(2)))
            return self.drop(torch.cat([onward, back], -1)), last, time < lengths

        def drop(self, states):
            return F.dropout(states, settings.dropout, self.training)

        def forward(self, source, lengths, target):
            states, last, mask = self.encode(source, lengths)
            first = torch.tanh(self.bridge(last)).float().chunk(settings.layers, -1)
            keys = self.score(states).permute(1, 2, 0)  # [batch, hidden, source time]
            values = states.transpose(0, 1)
            hidden, context = self.drop(self.target(target) * self.scale), None
            for layer, start in zip(self.layers, first):
                inputs = hidden if context is None else torch.cat([hidden, context], -1)
                state = start.unsqueeze(0).contiguous()
                state = (state, torch.zeros_like(state)) if settings.rnn_type == "lstm" else state
                hidden = self.drop(layer(inputs, state)[0])
                if context is None:
                    scores = torch.bmm(hidden.transpose(0, 1), keys)
                    scores = scores.masked_fill(~mask.T.unsqueeze(1), float("-inf"))
                    context = torch.bmm(F.softmax(scores, -1), values.to(scores.dtype))
                    context = self.drop(context.transpose(0, 1))
            return self.drop(torch.tanh(self.readout(torch.cat([hidden, context], -1))))

        def loss(self, pairs):
            source = padded([s + [EOS] for s, _ in pairs])
            lengths = torch.tensor([len(s) + 1 for s, _ in pairs])
            target = padded([[BOS] + t for _, t in pairs])
            answers = padded([t + [EOS] for _, t in pairs]).flatten()
            features = self(source, lengths, target).flatten(0, 1)
            real = (answers != PAD).nonzero()[:, 0]
            logits = self.output(features.index_select(0, real))
            return F.cross_entropy(logits.float(), answers[real], reduction="sum"), real.numel()

    return Translator()


def training(settings):
    if settings.decoder != "gnmt":
        raise NotImplementedError("is written for gnmt alone")
    import torch

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    batches = make_batches(read_ids(settings, "train"), settings)
    model = define(settings).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.learning_rate, fused=True)
    updates = peer.Updates(settings)
    while not updates.enough:
        for batch in batches[: settings.updates - len(updates.tokens)]:
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.precision == "bf16"):
                loss, tokens = model.loss(batch)
            (loss / tokens).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            updates.add(tokens, loss.detach())
    return updates.values()


if __name__ == "__main__":
    peer.main({"training": training})
