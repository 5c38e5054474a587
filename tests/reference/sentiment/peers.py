#!/usr/bin/env python3
"""Trains fastText and a TF-IDF logistic regression on a classifier's files; prints all in a table.

In an environment of its own, Python 3.9 to 3.11 (fasttext-wheel has no wheel for newer ones):
    pip install fasttext-wheel 'numpy<2' scikit-learn
    peers.py TRAIN DEV TEST --seeds 5 --rondo build/rondo --model runs/*/best.rondo

TRAIN, DEV and TEST are tab-separated: the columns `text` and `label`, or columns 1 and 2 of a file
without a header. The peers see lower-cased text with punctuation marks split off: fastText its
words and bigrams, the logistic regression their TF-IDF weights. Their settings are chosen on DEV:
epochs and learning rate of fastText, with the first seed; C of the regression. TEST is scored once
a seed. Rondo's models, one a seed, were chosen while they were trained. Lines a second count all
between text in memory (Rondo: in a file, and loading the model) and labels; the peers use one core,
Rondo all.
"""
import argparse
import itertools
import pathlib
import re
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

EPOCHS = (5, 10, 25, 50)
RATES = (0.1, 0.25, 0.5, 1.0)
STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)  # C, the inverse of regularisation


@dataclass
class Part:
    texts: list
    labels: list


@dataclass
class Result:
    system: str
    settings: str = ""
    scores: list = field(default_factory=list)  # one dict a seed
    lines_per_second: float = float("nan")


def column(name, header, default):
    """Where a column stands, from 0; `default` without a header."""
    if name.isdigit():
        return int(name) - 1
    return header.index(name) if name in header else default


def read_part(path, text_column, label_column):
    """The columns by name where the first line has both, else columns 1 and 2."""
    lines = pathlib.Path(path).read_bytes().decode("utf-8", "replace").split("\n")
    rows = [line.rstrip("\r").split("\t") for line in lines if line]
    text, label = (column(text_column, rows[0], 0), column(label_column, rows[0], 1))
    if {text_column, label_column} <= set(rows[0]):
        rows = rows[1:]
    return Part([row[text] for row in rows], [row[label] for row in rows])


def tokens(text):
    return re.sub(r"([^\w\s'])", r" \1 ", text.lower()).strip()


def measure(labels, predicted):
    from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef

    return {
        "accuracy": accuracy_score(labels, predicted),
        "macro_f1": f1_score(labels, predicted, average="macro"),
        "mcc": matthews_corrcoef(labels, predicted),
    }


def repeated(texts, count):
    return list(itertools.islice(itertools.cycle(texts), count))


def timed(predict, lines):
    """Lines a second of predict over lines."""
    begin = time.perf_counter()
    predict(lines)
    return len(lines) / (time.perf_counter() - begin)


def write_lines(path, lines):
    pathlib.Path(path).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


class FastText:
    """Labels go in as their numbers, since fastText's end at a blank."""

    system = "fastText, words and bigrams"

    def __init__(self, train, options, folder):
        self.names = sorted(set(train.labels))
        self.most_frequent = max(self.names, key=train.labels.count)
        self.options = options
        self.file = str(pathlib.Path(folder) / "train.txt")
        numbers = {name: number for number, name in enumerate(self.names)}
        write_lines(self.file, (f"__label__{numbers[label]} {tokens(text)}"
                                for text, label in zip(train.texts, train.labels)))

    def settings(self):
        return [{"epoch": epoch, "lr": rate} for epoch in EPOCHS for rate in RATES]

    def fit(self, settings, seed):
        import fasttext

        model = fasttext.train_supervised(
            self.file, wordNgrams=2, dim=self.options.dim, bucket=self.options.bucket,
            thread=self.options.threads, seed=seed, verbose=0, **settings)

        def predict(texts):
            found, _ = model.predict([tokens(text) for text in texts])
            prefix = len("__label__")
            return [self.names[int(labels[0][prefix:])] if labels else self.most_frequent
                    for labels in found]

        return predict


class LogisticRegression:
    system = "TF-IDF, logistic regression"

    def __init__(self, train, options, folder):
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.labels = train.labels
        self.vectorizer = TfidfVectorizer(
            preprocessor=tokens, token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True)
        self.features = self.vectorizer.fit_transform(train.texts)

    def settings(self):
        return [{"C": strength} for strength in STRENGTHS]

    def fit(self, settings, seed):  # the same for every seed: the problem is convex
        from sklearn.linear_model import LogisticRegression as Regression

        model = Regression(max_iter=1000, **settings).fit(self.features, self.labels)
        return lambda texts: model.predict(self.vectorizer.transform(texts))


def run_peer(kind, parts, options, folder):
    """Chooses settings on dev, then scores test once a seed."""
    train, dev, test = parts
    peer = kind(train, options, folder)

    def quality(settings):
        return measure(dev.labels, peer.fit(settings, 1)(dev.texts))[options.select]

    chosen = max(peer.settings(), key=quality)
    result = Result(peer.system, ", ".join(f"{name} {value}" for name, value in chosen.items()))
    for seed in range(1, options.seeds + 1):
        predict = peer.fit(chosen, seed)
        result.scores.append(measure(test.labels, predict(test.texts)))
    result.lines_per_second = timed(predict, repeated(test.texts, options.lines))
    return result


def classify(options, model, lines, folder):
    """The first column of what rondo classify writes for lines."""
    file = pathlib.Path(folder) / "lines.txt"
    write_lines(file, lines)
    done = subprocess.run([options.rondo, "classify", model, str(file), "--plain"],
                          check=True, capture_output=True)
    rows = done.stdout.decode("utf-8", "replace").split("\n")[:-1]
    return [row.split("\t")[0] for row in rows[-len(lines):]]  # a header may come before


def run_rondo(parts, options, folder):
    test = parts[2]
    result = Result("Rondo", f"models: {len(options.model)}")
    for model in options.model:
        result.scores.append(measure(test.labels, classify(options, model, test.texts, folder)))
    lines = repeated(test.texts, options.lines)
    result.lines_per_second = timed(
        lambda texts: classify(options, options.model[0], texts, folder), lines)
    return result


def shown(values):
    """The mean in percent and, of several seeds, the range."""
    percent = [100 * value for value in values]
    if len(percent) == 1:
        return f"{percent[0]:.2f}"
    return f"{statistics.mean(percent):.2f} [{min(percent):.2f}, {max(percent):.2f}]"


def print_table(results, options):
    print(f"{'':30}{'accuracy':>22}{'macro F1':>22}{'MCC':>22}{'lines/s':>10}  settings")
    for result in results:
        cells = [shown([score[name] for score in result.scores])
                 for name in ("accuracy", "macro_f1", "mcc")]
        print(f"{result.system:30}" + "".join(f"{cell:>22}" for cell in cells)
              + f"{result.lines_per_second:10,.0f}  {result.settings}")
    print(f"Means of {options.seeds} seeds, with the range; settings chosen on dev by "
          f"{options.select}; speed over {options.lines:,} lines.")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for part in ("train", "dev", "test"):
        parser.add_argument(part)
    parser.add_argument("--text-column", default="text", help="its name, or its number from 1")
    parser.add_argument("--label-column", default="label", help="likewise")
    parser.add_argument("--select", default="accuracy", choices=["accuracy", "macro_f1", "mcc"])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--lines", type=int, default=100_000, help="to measure speed with")
    parser.add_argument("--threads", type=int, default=1,
                        help="of fastText's training; with more its seeds decide nothing")
    parser.add_argument("--dim", type=int, default=100, help="of fastText's vectors")
    parser.add_argument("--bucket", type=int, default=500_000, help="fastText's rows for bigrams")
    parser.add_argument("--rondo", help="the program")
    parser.add_argument("--model", nargs="+", default=[], help="Rondo's models, one a seed")
    options = parser.parse_args()
    if bool(options.rondo) != bool(options.model):
        parser.error("--rondo and --model come together")
    if options.seeds < 1:
        parser.error("--seeds must be at least 1")
    return options


def main():
    options = parse_arguments()
    parts = [read_part(path, options.text_column, options.label_column)
             for path in (options.train, options.dev, options.test)]
    with tempfile.TemporaryDirectory() as folder:
        results = [run_peer(peer, parts, options, folder)
                   for peer in (FastText, LogisticRegression)]
        if options.rondo:
            results.append(run_rondo(parts, options, folder))
    print_table(results, options)


if __name__ == "__main__":
    main()
