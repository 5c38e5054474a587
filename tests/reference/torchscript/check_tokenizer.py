"""Compares the tokenizers inside an exported file with the sentencepiece Python package (0.2.1):

    python3 check_tokenizer.py model.pt text.txt [more.txt ...] [--model FILE] [--lines N]

`model.pt` is what `rondo export` writes, or one saved tokenizer module with --model naming its
SentencePiece model. For every line of the files the ids of both, and the text of those ids, must be
equal. Prints the lines and the differing lines of each file, and the letters seen by script;
exits with 1 where a line differs. Lines that are not UTF-8 are counted and left out: a Python
string cannot hold them (the C++ tests cover them). Needs `torch` and `sentencepiece==0.2.1`.
"""
import argparse
import collections
import itertools
import pathlib
import sys
import unicodedata

import sentencepiece
import torch

SPECIAL_TOKENS = 4


def tokenizers(path, model_file):
    """[(name, exported tokenizer, SentencePiece's)], one for each in the file."""
    extra = {"source.model": b"", "target.model": b""}
    program = torch.jit.load(path, _extra_files=extra)
    if model_file:
        return [("tokenizer", program, load(pathlib.Path(model_file).read_bytes()))]
    source = load(extra["source.model"])
    if hasattr(program, "tokenizer"):
        return [("tokenizer", program.tokenizer, source)]
    target = load(extra["target.model"]) if extra["target.model"] else source
    return [("source", program.source_tokenizer, source),
            ("target", program.target_tokenizer, target)]


def load(serialized):
    return sentencepiece.SentencePieceProcessor(model_proto=bytes(serialized))


def difference(exported, reference, line):
    """What differs for the line, or None."""
    ids = reference.encode(line)
    found = exported.encode(line)
    if found != ids:
        return f"ids {found} instead of {ids}"
    text = reference.decode([id for id in ids if id >= SPECIAL_TOKENS])
    text = text.replace("\n", " ").replace("\r", " ")
    if exported.decode(ids) != text:
        return f"text {exported.decode(ids)!r} instead of {text!r}"
    return None


def count_scripts(line, letters):
    for character in line:
        if character.isalpha():
            letters[unicodedata.name(character, "UNNAMED").split()[0].split("-")[0]] += 1


def check_file(path, limit, pairs, letters):
    """Prints the file's numbers; returns how many lines differ."""
    lines = skipped = different = 0
    with open(path, "rb") as file:
        for raw in itertools.islice(file, limit):
            try:
                line = raw.rstrip(b"\r\n").decode("utf-8")
            except UnicodeDecodeError:
                skipped += 1
                continue
            lines += 1
            count_scripts(line, letters)
            differences = [(name, difference(exported, reference, line))
                           for name, exported, reference in pairs]
            if any(what for _, what in differences):
                different += 1
                if different <= 3:
                    print(f"{line!r}: {differences}")
    print(f"{path}: {lines} lines, {different} differ, {skipped} not UTF-8", flush=True)
    return different


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exported")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--model", help="the SentencePiece model of a bare tokenizer module")
    parser.add_argument("--lines", type=int, help="of each file at most so many")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    pairs = tokenizers(arguments.exported, arguments.model)
    letters = collections.Counter()
    different = sum(check_file(path, arguments.lines, pairs, letters) for path in arguments.files)
    print("letters by script:", ", ".join(f"{name} {n}" for name, n in letters.most_common()))
    print(f"{different} lines differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
