"""Classifies standard input line by line with an exported model and PyTorch alone, and prints what
`rondo classify` prints.

    rondo export best.rondo -o classifier.pt
    python classify.py classifier.pt < text
"""

import argparse
import itertools
import sys

import torch

LINES_AT_ONCE = 1024


def main():
    parser = argparse.ArgumentParser(description="Classify standard input.")
    parser.add_argument("model", help="a classifier, written by rondo export")
    arguments = parser.parse_args()
    model = torch.jit.load(arguments.model)
    has_labels = len(model.labels()) > 0  # else it gives a value
    sys.stdout.reconfigure(encoding="utf-8")
    # Bytes rather than str, since a line may be no valid UTF-8; the model takes both.
    lines = (line.removesuffix(b"\n").removesuffix(b"\r") for line in sys.stdin.buffer)
    with torch.inference_mode():
        while batch := list(itertools.islice(lines, LINES_AT_ONCE)):
            for label, probability in model.classify(batch):
                print(f"{label}\t{probability:.6f}" if has_labels else label)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
