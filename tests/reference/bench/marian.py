"""Marian, as its Python wheel brings it: the s2s model (Bahdanau's attention inside a recurrence),
in its own training loop, on the processor."""
import glob
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

import peer

# "Ep. 1 : Up. 10 : Sen. 640 : Cost 8.2 * 9,012 @ 901 after 9,012 : Time 5.21s : 1729 words/s"
SHOWN = re.compile(r"Up\. ([\d,]+) .*Cost ([\d.]+) \* ([\d,]+).*Time ([\d.]+)s")


def number(text):
    return int(text.replace(",", ""))


def marian_vocabulary(settings, folder):
    """Its own two special tokens, then the pieces."""
    path = os.path.join(folder, "joint.yml")
    with open(settings.vocabulary_file, encoding="utf-8") as file:
        pieces = ["</s>", "<unk>", *file.read().split("\n")[:-1]]
    with open(path, "w", encoding="utf-8") as file:
        for i, piece in enumerate(pieces):
            quoted = piece.replace("\\", "\\\\").replace('"', '\\"')
            file.write(f'"{quoted}": {i}\n')
    return path


def run_training(settings, folder):
    """What its log says. A process of its own, since it ends the process when it has trained."""
    import pymarian

    log = os.path.join(folder, "train.log")
    vocabulary = marian_vocabulary(settings, folder)
    options = {
        "type": "s2s", "model": os.path.join(folder, "model.npz"), "log": log,
        "train-sets": [settings.pieces("train", "src"), settings.pieces("train", "trg")],
        "vocabs": [vocabulary, vocabulary], "dim-rnn": settings.hidden,
        "dim-emb": settings.embedding, "enc-cell": settings.rnn_type,
        "dec-cell": settings.rnn_type, "dropout-rnn": settings.dropout, "cost-type": "ce-sum",
        "label-smoothing": 0, "clip-norm": 1, "learn-rate": settings.learning_rate,
        "optimizer": "adam", "mini-batch": settings.batch_sentences, "maxi-batch": 500,
        "max-length": 100, "cpu-threads": settings.threads, "workspace": 2000, "data-threads": 1,
        "seed": settings.seed, "after": f"{settings.updates}u", "disp-freq": "1u",
        "save-freq": "1000000u"}
    flags = ["--sync-sgd", "--mini-batch-round-up=false", "--disp-label-counts=true",
             "--shuffle-in-ram", "--overwrite", "--no-reload"]
    for name, value in options.items():
        flags += [f"--{name}", *map(str, value if isinstance(value, list) else [value])]
    done = subprocess.run([sys.executable, "-m", pymarian.__name__, "train", *flags], check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"pymarian ended with status {done.returncode}")
    with open(log, encoding="utf-8") as file:
        return file.read()


def training(settings):
    if settings.decoder != "bahdanau" or settings.precision != "fp32":
        raise NotImplementedError("trains its s2s model in fp32")
    with tempfile.TemporaryDirectory() as temporary:
        shown = SHOWN.findall(run_training(settings, settings.model or temporary))
    tokens = [number(labels) for _, _, labels, _ in shown]
    costs = [float(cost) * number(labels) for _, cost, labels, _ in shown]
    seconds = [float(s) for *_, s in shown][settings.warm_up :]
    last = max(1, len(shown) // 3)
    return {"peak_bytes": 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
            "tokens_per_second": sum(tokens[settings.warm_up :]) / sum(seconds),
            "loss": sum(costs[-last:]) / sum(tokens[-last:]), "updates": len(shown),
            "tokens_an_update": sum(tokens) / len(tokens)}


def translating(settings):
    from pymarian import Translator

    start = time.perf_counter()
    model = glob.glob(os.path.join(settings.model, "model.npz"))[0]
    vocabulary = os.path.join(settings.model, "joint.yml")
    translator = Translator(
        f"--models {model} --vocabs {vocabulary} {vocabulary} --beam-size {settings.beam} "
        f"--normalize 1.0 --mini-batch {settings.batch_sentences} --maxi-batch 100 "
        f"--maxi-batch-sort src --cpu-threads {settings.threads} --max-length 200 "
        "--quiet --quiet-translation --workspace 1000")
    loaded = time.perf_counter() - start

    def translate(lines):
        answer = translator.translate("\n".join(lines))
        return answer.split("\n") if isinstance(answer, str) else answer

    return peer.translated(settings, translate, loaded)


if __name__ == "__main__":
    peer.main({"training": training, "learning": training, "translating": translating,
               "starting": translating})
