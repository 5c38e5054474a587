"""What a Spark worker does. score_parquet.py ships this file to it; as a module it lives as long as
the worker's process, and so does the classifier: loaded once, not once a task."""

import io

import torch

_loaded = {}  # by key


def classifier(key, file):
    """file: a broadcast variable of the exported file's bytes; key tells one file from another."""
    if key not in _loaded:
        torch.set_num_threads(1)  # Spark runs as many workers as there are cores
        _loaded[key] = torch.jit.load(io.BytesIO(file.value))
    return _loaded[key]


def answered(frame, model, text, label, probability):
    """The pandas frame with two more columns; a text that is null has null answers."""
    there = frame[text].notna()
    answers = iter(model.classify(frame.loc[there, text].tolist()))
    pairs = [next(answers) if has_text else (None, None) for has_text in there]
    return frame.assign(**{label: [pair[0] for pair in pairs],
                           probability: [pair[1] for pair in pairs]})
