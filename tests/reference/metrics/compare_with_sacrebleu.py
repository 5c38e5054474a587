#!/usr/bin/env python3
"""Scores files with `rondo metrics` and with sacreBLEU 2.6, and says where they differ by 1e-6.

In an environment with `pip install 'sacrebleu==2.6.*'`:
    compare_with_sacrebleu.py build/rondo HYP REF... [--paired OTHER_HYP...]
    compare_with_sacrebleu.py build/rondo --random 50    # 50 texts made of nasty lines
Exit status 1 when anything differs.
"""
import argparse
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

METRICS = "bleu,chrf,chrf++,ter"
OPTIONS = [
    ([], {}, {}),
    (["--tokenize=none", "--lowercase", "--ter-case-sensitive"],
     {"tokenize": "none", "lowercase": True}, {"case_sensitive": True}),
    (["--tokenize=char", "--smooth-method=floor", "--ter-normalized"],
     {"tokenize": "char", "smooth_method": "floor"}, {"normalized": True}),
    (["--tokenize=intl", "--smooth-method=add-k", "--smooth-value=0.5", "--ter-no-punct"],
     {"tokenize": "intl", "smooth_method": "add-k", "smooth_value": 0.5}, {"no_punct": True}),
    (["--smooth-method=none", "--ter-normalized", "--ter-no-punct", "--ter-asian-support"],
     {"smooth_method": "none"}, {"normalized": True, "no_punct": True, "asian_support": True}),
]


def read(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        return [line.rstrip() for line in lines]


def metrics(bleu, ter):
    chrf = {"lowercase": bleu.get("lowercase", False)}
    return [BLEU(**bleu), CHRF(**chrf), CHRF(word_order=2, **chrf), TER(**ter)]


class Comparison:
    def __init__(self, rondo):
        self.rondo, self.compared, self.wrong = rondo, 0, 0

    def check(self, what, ours, theirs, tolerance=1e-6):
        self.compared += 1
        if not abs(ours - theirs) <= tolerance:
            self.wrong += 1
            print(f"{what}: rondo {ours!r}, sacreBLEU {theirs!r}")

    def run(self, files, *options):
        command = [self.rondo, "metrics", f"--metrics={METRICS}", "--json", *files, *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def corpus(self, files):
        hypotheses, *references = map(read, files)
        for flags, bleu, ter in OPTIONS:
            ours = json.loads(self.run(files, *flags))["systems"][0]["metrics"]
            for result, metric in zip(ours, metrics(bleu, ter)):
                theirs = metric.corpus_score(hypotheses, references).score
                self.check(f"{result['signature']} {files}", result["score"], theirs)

    def sentences(self, files):
        hypotheses, *references = map(read, files)
        theirs = metrics({"effective_order": True}, {})
        lines = [json.loads(line) for line in self.run(files, "--sentence").splitlines()]
        self.check(f"lines of {files}", len(lines), len(hypotheses))
        for scores, hypothesis, *of_line in zip(lines, hypotheses, *references):
            for (name, ours), metric in zip(list(scores.items())[1:], theirs):
                their = metric.sentence_score(hypothesis, of_line).score
                self.check(f"{name} {files} line {scores['line']}", ours, their)

    def paired(self, files, others):
        systems = [(name, read(name)) for name in [files[0], *others]]
        named = dict(zip(("BLEU", "chrF2", "chrF2++", "TER"), metrics({}, {})))
        _, theirs = PairedTest(systems, named, [read(f) for f in files[1:]], test_type="bs")()
        for i, system in enumerate(json.loads(self.run(files, "--paired-bs", *others))["systems"]):
            for ours in system["metrics"]:
                name, their = ours["name"], theirs[ours["name"]][i]
                self.check(f"{name} of {system['system']}", ours["score"], their.score)
                # sacreBLEU adds the statistics of a resampled text in single precision.
                self.check(f"{name} mean", ours["confidence_mean"], float(their.mean), 1e-4)
                self.check(f"{name} interval", ours["confidence_half_width"], float(their.ci), 1e-4)
                if i > 0:
                    self.check(f"{name} p", ours["p_value"], their.p_value, 1e-9)


ALPHABETS = [
    "abc .,-'\"&;:<>()", "0123456789.,- ", "\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u0130\u01c5 \u03a3\u03c3\u0391",
    "\u732b\u72ac\u3002\uff0c\u3042\u30a2\u30fb\u3010\u3011\uff01\u3200\u31c0 ", "\u0627\u0628\u0629\u060c\u061f\u0661\u066b ",
    "e\u0301\u0308\u200d\U0001f469\U0001f600\ufe0f ", "\u2028\u2029\x85\xa0\u3000\x1c\t\x0b\x0c\u200b a",
    "\u20ac$+=\u00bd\u00b2\u2167\u2460x. ", "\ufffd\u0000\u007f\U0010ffff\ue000 a"]
PIECES = ["&quot;", "&amp;", "&lt;", "<skipped>", "'s ", "...", " - ", "1,000.5", "U.S.", "the", "dog"]


def nasty_text(draw, lines):
    """Hypothesis and references that share much: bytes, some of them broken."""
    alphabet = draw.choice(ALPHABETS) + draw.choice(ALPHABETS)

    def line():
        if draw.random() < 0.1:
            return []
        return [draw.choice(PIECES) if draw.random() < 0.1 else draw.choice(alphabet)
                for _ in range(draw.choice((1, 3, 10, 30, 90)))]

    def varied(units):
        units = [unit for unit in units if draw.random() > 0.1]
        if draw.random() < 0.5 and units:
            at = draw.randrange(len(units))
            units = units[at:] + units[:at]
        raw = "".join(units).replace("\n", "").encode("utf-8")
        return raw[:-1] if draw.random() < 0.2 else raw

    base = [line() for _ in range(lines)]
    return [[varied(units) for units in base] for _ in range(draw.randint(2, 4))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rondo")
    parser.add_argument("files", nargs="*", help="hypotheses, then references")
    parser.add_argument("--paired", nargs="*", default=[])
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    comparison = Comparison(args.rondo)
    if args.files:
        comparison.corpus(args.files)
        comparison.sentences(args.files)
    if args.paired:
        comparison.paired(args.files, args.paired)
    draw = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(args.random):
            files = []
            for i, lines in enumerate(nasty_text(draw, 8)):
                path = pathlib.Path(folder, f"{number}.{i}")
                path.write_bytes(b"".join(line + b"\n" for line in lines))
                files.append(str(path))
            before = comparison.wrong
            comparison.corpus(files)
            comparison.sentences(files)
            if comparison.wrong > before:
                print(f"random text {number} of seed {args.seed}")
    print(f"{comparison.compared} numbers compared, {comparison.wrong} differ")
    sys.exit(comparison.wrong > 0)


main()
