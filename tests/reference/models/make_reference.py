"""Prints the numbers that tests/models holds Rondo to, with nothing but PyTorch.

    .deps/venv/bin/python tests/reference/models/make_reference.py

Made with torch 2.13.0, float32, one thread. Files are written beside this script; each loss is
a sum of outputs times fixed random weights, so that every gradient is exercised.
"""

from pathlib import Path

import torch
from torch.nn import functional as F

from class_losses import LOSSES
from classifier import POOLINGS, Classifier
from reference_file import ReferenceFile
from rnn import RNN_TYPES, PackedEncoder, randomise, rnn
from translator import Attention, Translator

HERE = Path(__file__).parent
VOCAB = 9
LSTM_NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


class Randoms:
    """Seeded draws: the same numbers whatever else the script does."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.generator)

    def tokens(self, *shape):
        return torch.randint(0, VOCAB, shape, generator=self.generator)


def recurrent_cases():
    """One torch.nn layer from a given state: input 3, hidden 4, 5 steps of 2 sequences."""
    file = ReferenceFile()
    for seed, kind in enumerate(RNN_TYPES):
        draw = Randoms(seed)
        layer = rnn(kind, 3, 4)
        randomise(layer, draw.generator)
        inputs, hidden, cell = (
            draw.normal(*shape).requires_grad_() for shape in ((5, 2, 3), (2, 4), (2, 4))
        )
        lstm = kind == "lstm"
        start = (hidden[None], cell[None]) if lstm else hidden[None]
        states, last = layer(inputs, start)
        last = last if lstm else (last,)
        weights = {"states_gradient": draw.normal(5, 2, 4), "last_gradient": draw.normal(2, 4)}
        loss = (states * weights["states_gradient"]).sum()
        (loss + sum((part[0] * weights["last_gradient"]).sum() for part in last)).backward()
        file.add(kind, "input", inputs=inputs, hidden=hidden, **weights)
        file.add(kind, "output", states=states, last_hidden=last[0][0])
        file.add(kind, "gradient", inputs=inputs.grad, hidden=hidden.grad)
        if lstm:
            file.add(kind, "input", cell=cell)
            file.add(kind, "output", last_cell=last[1][0])
            file.add(kind, "gradient", cell=cell.grad)
        file.add_module(kind, {name: getattr(layer, name + "_l0") for name in LSTM_NAMES})
    file.write(HERE / "recurrent.safetensors")


def encoder_cases():
    """Packed layers of 3 units over sentences of 6, 1 and 4 tokens."""
    file = ReferenceFile()
    cases = {kind: (kind, 2, True, False) for kind in RNN_TYPES}
    cases["lstm_residual"] = ("lstm", 3, True, True)
    cases["gru_one_way"] = ("gru", 2, False, False)
    for seed, (name, (kind, layers, both, residual)) in enumerate(cases.items()):
        draw = Randoms(100 + seed)
        encoder = PackedEncoder(kind, VOCAB, 5, 3, layers, both, residual)
        randomise(encoder, draw.generator)
        tokens, lengths = draw.tokens(6, 3), torch.tensor([6, 1, 4])
        states, last = encoder(tokens, lengths)
        mask = (torch.arange(6).unsqueeze(1) < lengths).unsqueeze(-1)
        states = states * mask  # torch pads with zeros, but a residual sum may not
        weights = {
            "states_gradient": draw.normal(*states.shape),
            "last_gradient": draw.normal(*last.shape),
        }
        loss = (states * weights["states_gradient"]).sum() + (last * weights["last_gradient"]).sum()
        loss.backward()
        embedding = encoder.embedding.weight
        file.add(name, "input", tokens=tokens, lengths=lengths, embedding=embedding, **weights)
        file.add(name, "output", states=states, last=last)
        file.add(name, "gradient", embedding=embedding.grad)
        file.add_module(name, encoder.rondo_parameters())
    file.write(HERE / "encoder.safetensors")


def attention_cases():
    """Two queries a sentence over memories of 4, 1 and 3 states, query and memory 4 wide."""
    file = ReferenceFile()
    for seed, kind in enumerate(("dot", "scaled_dot", "general", "additive")):
        draw = Randoms(200 + seed)
        attention = Attention(kind, 4, 4)
        randomise(attention, draw.generator)
        states, queries = (draw.normal(t, 3, 4).requires_grad_() for t in (4, 2))
        mask = torch.arange(4).unsqueeze(1) < torch.tensor([4, 1, 3])
        contexts, weights = zip(*(attention(query, states, mask) for query in queries))
        context, context_gradient = torch.stack(contexts), draw.normal(2, 3, 4)
        (context * context_gradient).sum().backward()
        file.add(kind, "input", states=states, queries=queries, context_gradient=context_gradient)
        file.add(kind, "output", context=context, weights=torch.stack(weights))
        file.add(kind, "gradient", states=states.grad, queries=queries.grad)
        file.add_module(kind, dict(attention.named_parameters()))
    file.write(HERE / "attention.safetensors")


def loss_case():
    """Label-smoothed cross entropy of 5 tokens against 9 words, summed."""
    file, draw = ReferenceFile(), Randoms(300)
    features, weight, bias = (draw.normal(*s).requires_grad_() for s in ((5, 4), (9, 4), (9,)))
    targets = draw.tokens(5)
    logits = F.linear(features, weight, bias)
    total = F.cross_entropy(logits, targets, reduction="sum", label_smoothing=0.1)
    total.backward()
    nll = F.cross_entropy(logits, targets, reduction="sum")
    file.add("smoothed", "input", features=features, weight=weight, bias=bias, targets=targets)
    file.add("smoothed", "output", sum=total, nll=nll)
    file.add("smoothed", "gradient", features=features.grad, weight=weight.grad, bias=bias.grad)
    file.write(HERE / "loss.safetensors")


# What each case of translator_*.safetensors differs in from DEFAULTS; tests/models/parity_test.cpp
# names the same options.
DEFAULTS = {
    "vocab": VOCAB, "dim": 5, "hidden": 4, "layers": 2, "rnn": "lstm", "attention": "general",
    "bridge": "last", "residual": False, "tied_softmax": True, "tied_embeddings": False,
}  # fmt: skip
TRANSLATORS = {
    "gnmt": {
        "lstm": {},
        "gru_residual": {"rnn": "gru", "layers": 3, "residual": True, "bridge": "mean"},
        "rnn_untied": {"rnn": "rnn_tanh", "tied_softmax": False, "attention": "scaled_dot"},
        "all_tied": {"layers": 1, "tied_embeddings": True, "bridge": "zero"},
    },
    "luong": {"gru": {"rnn": "gru", "attention": "dot"}, "lstm_residual": {"residual": True}},
    "luong_feed": {
        "lstm": {"attention": "additive", "bridge": "mean"},
        "relu_untied": {"rnn": "rnn_relu", "layers": 1, "tied_softmax": False},
    },
    "bahdanau": {
        "gru": {"rnn": "gru", "attention": "additive", "layers": 1, "bridge": "mean"},
        "lstm_untied": {"tied_softmax": False, "residual": True},
    },
    "vanilla": {"lstm": {}, "gru_zero": {"rnn": "gru", "bridge": "zero", "tied_embeddings": True}},
}


def translator_cases():
    """Sources of 5, 2 and 4 tokens, targets of 4, and the smoothed loss of the real targets."""
    for family, (kind, cases) in enumerate(TRANSLATORS.items()):
        file = ReferenceFile()
        for seed, (name, changes) in enumerate(cases.items()):
            draw = Randoms(500 + 10 * family + seed)
            model = Translator(DEFAULTS | {"decoder": kind} | changes)
            randomise(model, draw.generator)
            source, lengths = draw.tokens(5, 3), torch.tensor([5, 2, 4])
            target_in, targets = draw.tokens(4, 3), draw.tokens(4, 3)
            features, attention, last = model(source, lengths, target_in)
            real = torch.arange(4).unsqueeze(1) < torch.tensor([4, 3, 1])
            chosen = model.logits(features)[real]
            loss = F.cross_entropy(chosen, targets[real], reduction="sum", label_smoothing=0.1)
            loss.backward()
            file.add(name, "input", source=source, lengths=lengths, target_in=target_in)
            file.add(name, "input", targets=targets[real], positions=real.flatten().nonzero()[:, 0])
            file.add(name, "output", features=features, last_hidden=last, loss=loss)
            if kind != "vanilla":
                file.add(name, "output", attention=attention)
            file.add_module(name, model.rondo_parameters())
        file.write(HERE / f"translator_{kind}.safetensors")


def classifier_cases():
    """Sentences of 5, 1 and 3 tokens, every pooling over every recurrence, one way and both."""
    file = ReferenceFile()
    cases = [
        (kind, pooling, both)
        for kind in ("rnn_tanh", "lstm", "gru")
        for pooling in POOLINGS
        for both in (False, True)
    ]
    for seed, (kind, pooling, both) in enumerate(cases):
        name = f"{kind}_{pooling}_{'both_ways' if both else 'one_way'}"
        draw = Randoms(1000 + seed)
        model = Classifier(kind, both, pooling, VOCAB)
        randomise(model, draw.generator)
        tokens, lengths = draw.tokens(5, 3), torch.tensor([5, 1, 3])
        logits, attention = model(tokens, lengths)
        logits_gradient = draw.normal(3, 3)
        (logits * logits_gradient).sum().backward()
        file.add(name, "input", tokens=tokens, lengths=lengths, logits_gradient=logits_gradient)
        file.add(name, "output", logits=logits)
        if pooling == "attention":
            file.add(name, "output", attention=attention)
        file.add_module(name, model.rondo_parameters())
    file.write(HERE / "classifier.safetensors")


def class_loss_cases():
    """Six examples, weighed; what each case's numbers are is said in class_losses.py."""
    file = ReferenceFile()
    for seed, (name, (outputs, targets_of, loss_of)) in enumerate(LOSSES.items()):
        draw = Randoms(800 + seed)
        logits = (2 * draw.normal(6, outputs)).requires_grad_()
        targets, weights = targets_of(draw), draw.normal(6).abs()
        losses, plain = loss_of(logits, targets)
        total = (losses * weights).sum()
        total.backward()
        file.add(name, "input", logits=logits, targets=targets, weights=weights)
        file.add(name, "output", sum=total, nll=plain.sum())
        file.add(name, "gradient", logits=logits.grad)
    file.write(HERE / "class_loss.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    recurrent_cases()
    encoder_cases()
    attention_cases()
    loss_case()
    translator_cases()
    classifier_cases()
    class_loss_cases()
