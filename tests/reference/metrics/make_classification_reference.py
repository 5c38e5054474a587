#!/usr/bin/env python3
"""Writes classification.json: scikit-learn's, scipy's and numpy's numbers for small nasty cases.

In an environment of its own:
    pip install scikit-learn scipy
    python make_classification_reference.py > classification.json
Probabilities are float32 numbers, written in full. null: there is nothing to measure, where
scikit-learn says 0 or raises.
"""
import json
import math
import warnings

import numpy as np
import scipy.optimize
import scipy.stats
import sklearn
from sklearn import metrics as sk

BINS = 15
SAMPLES, SEED = 200, 12345
warnings.filterwarnings("ignore")


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def random_case(seed, examples, classes, sharpness, threshold=0.5):
    draw = np.random.default_rng(seed)
    truth = draw.choice(classes, size=examples, p=draw.dirichlet(np.full(classes, 3.0)))
    logits = draw.normal(size=(examples, classes)) + 1.5 * np.eye(classes)[truth]
    return (softmax(sharpness * logits), truth, threshold)


def tied_case():
    """Two classes of two decimals, so that many probabilities are equal."""
    probabilities, truth, _ = random_case(3, 60, 2, 1.0)
    ones = np.round(probabilities[:, 1], 1)
    return (np.stack([1 - ones, ones], axis=1), truth, 0.4)


CASES = {
    "two classes": random_case(1, 50, 2, 1.0, threshold=0.3),
    "three classes": random_case(2, 60, 3, 0.8),
    "ties": tied_case(),
    "five classes, too sure": random_case(4, 80, 5, 4.0),
    "a class never predicted": (
        [[0.6, 0.1, 0.3], [0.2, 0.35, 0.45], [0.1, 0.4, 0.5], [0.5, 0.2, 0.3]], [0, 1, 2, 1], 0.5),
    "a class that occurs nowhere": (
        [[0.7, 0.1, 0.1, 0.1], [0.2, 0.6, 0.1, 0.1], [0.3, 0.2, 0.1, 0.4], [0.4, 0.4, 0.1, 0.1]],
        [0, 1, 3, 1], 0.5),
    "sure and wrong": ([[1, 0], [0, 1], [1, 0], [0, 1]], [0, 0, 1, 1], 0.5),
    "all right": ([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [0, 1, 0], 0.5),
    "one class only": ([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [0, 0, 0], 0.5),
    "one example": ([[0.25, 0.5, 0.25]], [2], 0.5),
}


def decided(probabilities, threshold):
    if probabilities.shape[1] == 2:
        return (probabilities[:, 1] >= threshold).astype(int)
    return probabilities.argmax(axis=1)


def roc_auc(probabilities, truth):
    columns = [1] if probabilities.shape[1] == 2 else range(probabilities.shape[1])
    areas = [sk.roc_auc_score(truth == c, probabilities[:, c]) for c in columns
             if 0 < (truth == c).sum() < len(truth)]
    if len(columns) > 1 and len(areas) == len(columns):
        assert np.isclose(np.mean(areas), sk.roc_auc_score(truth, probabilities, multi_class="ovr"))
    return np.mean(areas) if areas else math.nan


def reliability(probabilities, truth):
    """[mean confidence, accuracy, count] of bins (b / BINS, (b + 1) / BINS]."""
    confidence = probabilities.max(axis=1)
    right = decided(probabilities, 0.5) == truth
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return [[confidence[bins == b].mean(), right[bins == b].mean(), (bins == b).sum()]
            if (bins == b).any() else [math.nan, math.nan, 0] for b in range(BINS)]


def calibration_error(probabilities, truth):
    bars = [bar for bar in reliability(probabilities, truth) if bar[2]]
    return sum(count * abs(right - mean) for mean, right, count in bars) / len(truth)


def scores(probabilities, truth, threshold):
    """Keys are those of the report."""
    classes = probabilities.shape[1]
    names = list(range(classes))
    said = decided(probabilities, threshold)
    average = {kind: sk.precision_recall_fscore_support(truth, said, average=kind, zero_division=0)
               for kind in ("macro", "micro", "weighted")}
    single = len(set(truth)) == 1 or len(set(said)) == 1
    kappa = math.nan
    if not (len(set(truth)) == 1 and set(truth) == set(said)):
        kappa = sk.cohen_kappa_score(truth, said, labels=names, weights="quadratic")
    return {
        "accuracy": sk.accuracy_score(truth, said),
        "macro_precision": average["macro"][0],
        "macro_recall": average["macro"][1],
        "macro_f1": average["macro"][2],
        "micro_f1": average["micro"][2],
        "weighted_f1": average["weighted"][2],
        "mcc": math.nan if single else sk.matthews_corrcoef(truth, said),
        "auc": roc_auc(probabilities, truth),
        "log_loss": sk.log_loss(truth, probabilities, labels=names),
        "brier": sk.brier_score_loss(truth, probabilities, labels=names),
        "ece": calibration_error(probabilities, truth),
        "mae": sk.mean_absolute_error(truth, said),
        "quadratic_kappa": kappa,
    }


def intervals(examples, score_of):
    """The percentile bootstrap that leaves out one fortieth at each end."""
    draws = np.random.default_rng(SEED).choice(examples, size=(SAMPLES, examples))
    resampled = [score_of(draw) for draw in draws]
    ends = {}
    for key in resampled[0]:
        values = sorted(r[key] for r in resampled if not math.isnan(r[key]))
        tail = len(values) // 40
        ends[key] = [values[tail], values[-1 - tail]]
    return ends


def class_case(name, probabilities, truth, threshold):
    probabilities = np.asarray(probabilities, dtype=np.float32).astype(np.float64)
    truth = np.asarray(truth)
    names = list(range(probabilities.shape[1]))
    said = decided(probabilities, threshold)
    by_class = sk.precision_recall_fscore_support(truth, said, labels=names, zero_division=np.nan)
    case = {
        "name": name,
        "threshold": threshold,
        "classes": len(names),
        "truth": truth,
        "probabilities": probabilities.ravel(),
        "metrics": scores(probabilities, truth, threshold),
        "confusion": sk.confusion_matrix(truth, said, labels=names).ravel(),
        "by_class": np.stack(by_class, axis=1),
        "reliability": reliability(probabilities, truth),
    }
    if len(truth) >= 50:
        case["intervals"] = intervals(
            len(truth), lambda d: scores(probabilities[d], truth[d], threshold))
    return case


def label_case(name, seed, examples, labels, threshold):
    draw = np.random.default_rng(seed)
    truth = (draw.random((examples, labels)) < 0.3).astype(int)
    truth[:, labels - 1] = 0  # a label that no example has
    logits = draw.normal(size=truth.shape) + 2 * truth - 1.5
    probabilities = (1 / (1 + np.exp(-logits))).astype(np.float32).astype(np.float64)
    probabilities[:, labels - 1] = 0.125

    def scores_of(draw):
        true, chances = truth[draw], probabilities[draw]
        said = (chances >= threshold).astype(int)
        micro = sk.precision_recall_fscore_support(true, said, average="micro", zero_division=0)
        areas = [sk.roc_auc_score(true[:, k], chances[:, k]) for k in range(labels)
                 if 0 < true[:, k].sum() < len(true)]
        return {
            "accuracy": sk.accuracy_score(true, said),
            "hamming_loss": sk.hamming_loss(true, said),
            "micro_precision": micro[0],
            "micro_recall": micro[1],
            "micro_f1": micro[2],
            "macro_f1": sk.f1_score(true, said, average="macro", zero_division=0),
            "auc": np.mean(areas),
        }

    return {"name": name, "threshold": threshold, "labels": labels, "truth": truth.ravel(),
            "probabilities": probabilities.ravel(), "metrics": scores_of(np.arange(examples)),
            "intervals": intervals(examples, scores_of)}


def value_case(name, seed, examples, decimals):
    draw = np.random.default_rng(seed)
    truth = np.round(draw.normal(size=examples), decimals)
    predicted = np.round(truth + draw.normal(size=examples) + 0.25, decimals)

    def scores_of(draw):
        x, y = predicted[draw], truth[draw]
        return {
            "mae": sk.mean_absolute_error(y, x),
            "rmse": math.sqrt(sk.mean_squared_error(y, x)),
            "pearson": scipy.stats.pearsonr(x, y).statistic,
            "spearman": scipy.stats.spearmanr(x, y).statistic,
        }

    return {"name": name, "predicted": predicted, "truth": truth,
            "metrics": scores_of(np.arange(examples)), "intervals": intervals(examples, scores_of)}


def temperature_case(seed, classes, sharpness):
    draw = np.random.default_rng(seed)
    truth = draw.choice(classes, size=80)
    logits = sharpness * (draw.normal(size=(80, classes)) + np.eye(classes)[truth])
    logits = logits.astype(np.float32).astype(np.float64)
    loss = lambda t: sk.log_loss(truth, softmax(logits / t), labels=range(classes))
    found = scipy.optimize.minimize_scalar(loss, bounds=(0.05, 20), method="bounded",
                                           options={"xatol": 1e-10})
    return {"classes": classes, "truth": truth, "logits": logits.ravel(), "temperature": found.x,
            "log_loss": found.fun}


def plain(value):
    """Numbers as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if isinstance(value, (float, np.floating)):
        return None if math.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


reference = {
    "scikit-learn": sklearn.__version__,
    "bootstrap": {"samples": SAMPLES, "seed": SEED},
    "classes": [class_case(name, *case) for name, case in CASES.items()],
    "multi_label": [label_case("labels", 5, 50, 6, 0.5),
                    label_case("a low threshold", 6, 50, 4, 0.2)],
    "values": [value_case("values", 7, 60, 6), value_case("ties", 8, 60, 0)],
    "temperatures": [temperature_case(9, 2, 3.0), temperature_case(10, 4, 0.25)],
}
lines = []
for key, part in plain(reference).items():
    if isinstance(part, list):  # a case a line
        part = "[\n" + ",\n".join(json.dumps(case) for case in part) + "\n]"
    else:
        part = json.dumps(part)
    lines.append(f"{json.dumps(key)}: {part}")
print("{" + ",\n".join(lines) + "}")
