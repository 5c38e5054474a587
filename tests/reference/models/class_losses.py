"""Losses of classifiers, one a case: an example each, [batch], with and without what shapes it."""

import torch
from torch.nn import functional as F

CLASS_WEIGHTS = torch.tensor([0.5, 2.0, 1.25])  # tests/models/classification_loss_test.cpp has them


def cross_entropy(smoothing=0.0, weight=None, gamma=0.0):
    def losses(logits, targets):
        plain = F.cross_entropy(logits, targets, reduction="none")
        shaped = F.cross_entropy(
            logits, targets, weight=weight, label_smoothing=smoothing, reduction="none"
        )
        p = logits.softmax(-1)[torch.arange(len(targets)), targets]
        return shaped * (1 - p) ** gamma, plain

    return losses


def binary(smoothing=0.0, gamma=0.0):
    def losses(logits, targets):
        plain = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        soft = targets * (1 - smoothing) + smoothing / 2
        shaped = F.binary_cross_entropy_with_logits(logits, soft, reduction="none")
        p = logits.sigmoid()
        p = torch.where(targets > 0, p, 1 - p)
        return (shaped * (1 - p) ** gamma).sum(1), plain.sum(1)

    return losses


def ordinal(logits, targets):
    """A product of independent yes-or-no answers to "is it above class k?"."""
    losses = []
    for row, target in zip(logits, targets.tolist()):
        answers = [F.logsigmoid(z if target > k else -z) for k, z in enumerate(row)]
        losses.append(-torch.stack(answers).sum())
    return torch.stack(losses), torch.stack(losses)


def squared_error(logits, targets):
    losses = F.mse_loss(logits[:, 0], targets, reduction="none")
    return losses, losses


def classes(count):
    return lambda draw: torch.randint(0, count, (6,), generator=draw.generator)


def yes_or_no(draw):
    return (draw.normal(6, 3) > 0).float()


# name -> outputs, targets from draws, (logits, targets) -> (losses, plain losses)
LOSSES = {
    "plain": (3, classes(3), cross_entropy()),
    "smoothed": (3, classes(3), cross_entropy(smoothing=0.1)),
    "class_weights": (3, classes(3), cross_entropy(weight=CLASS_WEIGHTS)),
    "focal": (3, classes(3), cross_entropy(gamma=2.0)),
    "classes_all": (3, classes(3), cross_entropy(0.2, CLASS_WEIGHTS, 1.5)),
    "multi_label": (3, yes_or_no, binary()),
    "multi_label_all": (3, yes_or_no, binary(smoothing=0.2, gamma=1.5)),
    "ordinal": (4, classes(5), ordinal),
    "value": (1, lambda draw: draw.normal(6), squared_error),
}
