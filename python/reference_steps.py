"""Trains exported PyTorch folders in float64: the steps that every engine is held to. `reference_steps.py JOBS.json`."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn

from verify.folder import open_folder
from verify.tensors import Array
from verify.with_torch import as_list, as_tensor, switch_dropout_off


def run(export: dict[str, Any]) -> None:
    """Writes `state/<step>/<name>` (float32), `gradients/<step>/<name>`, `loss/<step>` and `free/<kernels>` (float64)."""
    given = load_file(export["ours"])
    found: dict[str, Array] = {}
    with open_folder(Path(export["folder"])) as folder:
        train = folder.module("train")
        model: nn.Module = train.load_model()
        switch_dropout_off(model)
        model.double().train()
        begin(model, given)
        optimizer: torch.optim.Optimizer = train.make_optimizer(model)
        for step in range(export["steps"]):
            round_state(model)
            keep(found, f"state/{step}/", {name: value.float() for name, value in floats(model).items()})
            inputs, targets = batch(given, export, step)
            optimizer.zero_grad(set_to_none=True)
            loss: Tensor = train.compute_loss(*as_list(model(*inputs)), *targets)
            torch.autograd.backward([loss])
            found[f"loss/{step}"] = np.array(loss.item(), dtype=np.float64)
            gradients = {name: value.grad for name, value in model.named_parameters() if value.grad is not None}
            keep(found, f"gradients/{step}/", gradients)
            if export["clipNorm"] > 0:
                nn.utils.clip_grad_norm_(model.parameters(), export["clipNorm"])
            optimizer.step()
        for name, kernels in KERNELS.items():
            found[f"free/{name}"] = train_freely(export, given, train, kernels)
    save_file(found, export["theirs"])


@dataclass(frozen=True)
class Kernels:
    """Ways to compute the same: what only rounds otherwise."""

    dtype: torch.dtype = torch.float32
    one_dnn: bool = True
    channels_last: bool = False


KERNELS = {
    "one_dnn": Kernels(),
    "native": Kernels(one_dnn=False),
    "channels_last": Kernels(channels_last=True),
    "float64": Kernels(dtype=torch.float64),
}


def train_freely(export: dict[str, Any], given: dict[str, Array], train: ModuleType, kernels: Kernels) -> Array:
    """The losses of steps of which each starts where the last one ended."""
    model: nn.Module = train.load_model()
    switch_dropout_off(model)
    model.train()
    begin(model, given)
    model.to(kernels.dtype)
    if kernels.channels_last:
        # Only images have channels that could lie last.
        model.to(memory_format=torch.channels_last)
    optimizer: torch.optim.Optimizer = train.make_optimizer(model)
    losses: list[float] = []
    with torch.backends.mkldnn.flags(enabled=kernels.one_dnn):
        for step in range(export["steps"]):
            inputs, targets = batch(given, export, step, kernels.dtype)
            optimizer.zero_grad(set_to_none=True)
            loss: Tensor = train.compute_loss(*as_list(model(*inputs)), *targets)
            torch.autograd.backward([loss])
            losses.append(loss.item())
            if export["clipNorm"] > 0:
                nn.utils.clip_grad_norm_(model.parameters(), export["clipNorm"])
            optimizer.step()
    return np.array(losses, dtype=np.float64)


def begin(model: nn.Module, given: dict[str, Array]) -> None:
    with torch.no_grad():
        for name, value in floats(model).items():
            value.copy_(torch.from_numpy(given[f"weights/{name}"]).reshape(value.shape))


def round_state(model: nn.Module) -> None:
    """Engines hold float32: the reference goes on from what they can hold, so that all start a step alike."""
    with torch.no_grad():
        for value in floats(model).values():
            value.copy_(value.float().double())


def floats(model: nn.Module) -> dict[str, Tensor]:
    return {name: value for name, value in model.state_dict().items() if value.is_floating_point()}


def batch(
    given: dict[str, Array], export: dict[str, Any], step: int, dtype: torch.dtype = torch.float64
) -> tuple[list[Tensor], list[Tensor]]:
    """The samples of a step, from the beginning again where they are used up."""
    size = export["batchSize"]

    def rows(name: str) -> Tensor:
        values = given[name]
        first = step * size % len(values)
        taken = as_tensor(values[first : first + size])
        return taken.to(dtype) if taken.is_floating_point() else taken

    inputs = [rows(f"inputs/{at}") for at in range(export["inputs"])]
    targets = [rows(f"targets/{at}") for at in range(export["targets"])]
    return inputs, targets


def keep(found: dict[str, Array], start: str, tensors: dict[str, Tensor]) -> None:
    for name, value in tensors.items():
        found[start + name] = np.array(value.detach().numpy(), order="C")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for each in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        run(each)
