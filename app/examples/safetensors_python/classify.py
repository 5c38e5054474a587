"""Classifies standard input line by line with the weights of a .rondo model, which safetensors
reads, and numpy: the network written out, one text at a time. Prints what `rondo classify` prints.

    pip install numpy pyyaml safetensors sentencepiece
    python classify.py best.rondo < text
"""

import sys

import numpy as np
import sentencepiece
import yaml
from safetensors import safe_open

END_OF_TEXT = 3  # </s>


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(inputs, w, layer):
    """inputs [time, input] -> states [time, hidden]; gates lie in the order of torch.nn.LSTM."""
    hidden = cell = np.zeros(w[layer + ".weight_hh"].shape[1], np.float32)
    states = []
    for gates in inputs @ w[layer + ".weight_ih"].T + w[layer + ".bias_ih"]:
        gates = gates + w[layer + ".weight_hh"] @ hidden + w[layer + ".bias_hh"]
        i, f, g, o = np.split(gates, 4)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
        hidden = sigmoid(o) * np.tanh(cell)
        states.append(hidden)
    return np.stack(states)


def encode(states, w, layers):
    """[time, embedding] -> all states [time, 2 * hidden], and each direction's last [2 * hidden]"""
    for layer in range(layers):
        ahead = lstm(states, w, f"encoder.forward_{layer}")
        back = lstm(states[::-1], w, f"encoder.backward_{layer}")
        states = np.concatenate([ahead, back[::-1]], axis=1)
    return states, np.concatenate([ahead[-1], back[-1]])


def attend(states, w):
    hidden = np.tanh(states @ w["pool.hidden.weight"].T + w["pool.hidden.bias"])
    weights = np.exp(hidden @ w["pool.score.weight"].T)  # [time, heads]
    return (weights.T @ states / weights.sum(0)[:, None]).reshape(-1)


def logits(ids, w, model):
    states, last = encode(w["embedding.weight"][ids], w, model["encoder"]["num_layers"])
    pool = {"last": lambda: last, "mean": lambda: states.mean(0), "max": lambda: states.max(0),
            "concat": lambda: np.concatenate([last, states.max(0), states.mean(0)]),
            "attention": lambda: attend(states, w)}[model["classifier"]["pooling"]]
    return w["output.weight"] @ pool() + w["output.bias"]


def main():
    with safe_open(sys.argv[1], framework="numpy") as file:
        w = {name: file.get_tensor(name) for name in file.keys()}
        config = yaml.safe_load(file.metadata()["config"])
    data, model, testing = config["data"], config["model"], config["testing"]
    kind = [model["encoder"][key] for key in ("rnn_type", "bidirectional", "residual")]
    if data.get("targets") != "classes" or kind != ["lstm", True, False]:
        sys.exit("this example reads one network of bidirectional LSTMs that tells classes apart")
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=w["tokenizer.source"].tobytes())
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
        ids = tokenizer.encode(text) + [END_OF_TEXT]
        odds = np.exp(logits(ids, w, model) / testing["temperature"])
        probabilities = odds / odds.sum()
        label = probabilities.argmax()
        if len(probabilities) == 2:
            label = int(probabilities[1] >= testing["threshold"])
        print(f"{data['labels'][label]}\t{probabilities[label]:.6f}")


if __name__ == "__main__":
    main()
