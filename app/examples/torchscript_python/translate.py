"""Translates standard input line by line with an exported model and PyTorch alone, and prints what
`rondo translate` prints.

    rondo export best.rondo -o translator.pt
    python translate.py translator.pt < text
"""

import argparse
import itertools
import sys

import torch

LINES_AT_ONCE = 256  # one call sorts its lines by length, so more is faster


def main():
    parser = argparse.ArgumentParser(description="Translate standard input.")
    parser.add_argument("model", help="a translator, written by rondo export")
    parser.add_argument("--beam", type=int, help="1 = greedy; left out, the model's own")
    arguments = parser.parse_args()
    model = torch.jit.load(arguments.model)
    sys.stdout.reconfigure(encoding="utf-8")
    # Bytes rather than str, since a line may be no valid UTF-8; the model takes both.
    lines = (line.removesuffix(b"\n").removesuffix(b"\r") for line in sys.stdin.buffer)
    with torch.inference_mode():
        while batch := list(itertools.islice(lines, LINES_AT_ONCE)):
            for text in model.translate(batch, arguments.beam):
                print(text)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
