"""Prints what torch.optim and clip_grad_norm_ make of three updates of one small tensor.

python optimizer.py > optimizer.json
"""

import json

import torch

START = [0.5, -1.0, 2.0, 0.0]
GRADIENTS = [[0.1, -0.2, 0.3, 0.4], [1.0, 2.0, -3.0, 0.5], [-0.7, 0.01, 0.2, -0.05]]
CASES = {
    "adam": lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.99), eps=1e-6),
    "adam_decay": lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.1),
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1),
}


def run(make, clip):
    weight = torch.nn.Parameter(torch.tensor(START))
    optimizer = make([weight])
    for gradient in GRADIENTS:
        weight.grad = torch.tensor(gradient)
        if clip:
            torch.nn.utils.clip_grad_norm_([weight], clip)
        optimizer.step()
    return [round(value, 7) for value in weight.tolist()]


results = {name: run(make, None) for name, make in CASES.items()}
results["sgd_clipped"] = run(CASES["sgd"], 1.0)
results["adam_clipped"] = run(CASES["adam"], 0.5)
print(json.dumps(results, indent=1))
