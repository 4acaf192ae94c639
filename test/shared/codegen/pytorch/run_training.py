"""Computes with the parts of exported training scripts: losses, metrics, rates and updates, each folder in turn.

A job has a folder with model.py and train.py, what to compare a batch by (outputs and targets, as lists), and how long a
run to imagine for the schedule. Prints what was found, in the order of the jobs.
"""

import importlib
import inspect
import json
import sys
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import lr_scheduler


def load(folder: str) -> tuple[ModuleType, ModuleType]:
    sys.path.insert(0, folder)
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()
    try:
        return importlib.import_module("model"), importlib.import_module("train")
    finally:
        sys.path.remove(folder)


def tensor(given: dict[str, Any]) -> Tensor:
    dtype = torch.int64 if given["dtype"] == "int32" else torch.float32
    return torch.tensor(given["values"], dtype=dtype).reshape(given["shape"])


def judged(train: ModuleType, job: dict[str, Any]) -> dict[str, Any]:
    outputs = [tensor(each).requires_grad_() for each in job["outputs"]]
    targets = [tensor(each) for each in job["targets"]]
    loss = train.compute_loss(*outputs, *targets)
    loss.backward()
    measures = {
        name: (train.macro_f1(value) if value.dim() > 0 else value).item()
        for name, value in train.measure(*outputs, *targets).items()
    }
    return {"measures": measures, "gradients": [output.grad.flatten().tolist() for output in outputs]}


def rates(train: ModuleType, model: nn.Module, updates: int, history: list[float]) -> list[float]:
    optimizer = train.make_optimizer(model)
    make = getattr(train, "make_schedule", None)
    schedule = None
    if make is not None:
        several = len(inspect.signature(make).parameters) > 1
        schedule = make(optimizer, updates) if several else make(optimizer)
    found: list[float] = []
    for value in history:
        for _ in range(updates):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if schedule is not None and not isinstance(schedule, lr_scheduler.ReduceLROnPlateau | lr_scheduler.StepLR):
                schedule.step()
        if isinstance(schedule, lr_scheduler.ReduceLROnPlateau):
            schedule.step(value)
        elif isinstance(schedule, lr_scheduler.StepLR):
            schedule.step()
    return found


def updated(train: ModuleType, model: nn.Module, steps: int) -> dict[str, list[float]]:
    """Weights and gradients are functions of the position, so that the other side can have the same."""
    weights = dict(model.named_parameters())
    with torch.no_grad():
        for weight in weights.values():
            places = torch.arange(weight.numel(), dtype=torch.float64)
            weight.copy_((0.5 * torch.cos(places)).float().reshape(weight.shape))
    optimizer = train.make_optimizer(model)
    for step in range(steps):
        for weight in weights.values():
            places = torch.arange(weight.numel(), dtype=torch.float64)
            weight.grad = torch.sin(places + step).float().reshape(weight.shape)
        optimizer.step()
    return {name: weight.detach().flatten()[:12].tolist() for name, weight in weights.items()}


def run(job: dict[str, Any]) -> dict[str, Any]:
    model, train = load(job["folder"])
    made: nn.Module = getattr(model, job["maker"])()
    found: dict[str, Any] = judged(train, job) if job["outputs"] else {}
    found["rates"] = rates(train, made, job["updates"], job["history"])
    found["updated"] = updated(train, made, 3)
    return found


torch.set_num_threads(1)
json.dump([run(job) for job in json.load(sys.stdin)], sys.stdout)
