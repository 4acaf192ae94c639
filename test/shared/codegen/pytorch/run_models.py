"""Runs exported PyTorch folders, any number of them in one process.

The job is a list of folders on standard input. Each has model.py, weights.safetensors and feed.safetensors: samples in the
order of the inputs, and probes by which the outputs are multiplied before their sum is differentiated. What is found goes
to found.safetensors there; what went wrong is printed.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"model_{path.parent.name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_list(outputs: Any) -> list[Tensor]:
    return [outputs] if isinstance(outputs, Tensor) else list(outputs)


def state(model: nn.Module, prefix: str) -> dict[str, Tensor]:
    return {f"{prefix}/{name}": value.detach().clone() for name, value in model.state_dict().items()}


def run(folder: Path, maker: str, training: bool) -> None:
    torch.manual_seed(0)
    model = getattr(load(folder / "model.py"), maker)()
    found = state(model, "first")
    model.load_state_dict(load_file(folder / "weights.safetensors"))
    feed = load_file(folder / "feed.safetensors")
    samples = [feed[f"samples/{at}"] for at in range(sum(name.startswith("samples/") for name in feed))]
    model.eval()
    with torch.no_grad():
        for at, output in enumerate(as_list(model(*samples))):
            found[f"outputs/{at}"] = output
    model.train(training)
    outputs = as_list(model(*samples))
    total = sum((output * feed[f"probes/{at}"]).sum() for at, output in enumerate(outputs))
    if isinstance(total, Tensor) and total.requires_grad:
        torch.autograd.backward([total])
    for name, weight in model.named_parameters(remove_duplicate=False):
        found[f"gradients/{name}"] = torch.zeros_like(weight) if weight.grad is None else weight.grad
    found.update(state(model, "after"))
    kept = {name: value.detach().clone().contiguous() for name, value in found.items()}
    save_file(kept, folder / "found.safetensors")


def main() -> None:
    torch.set_num_threads(1)
    errors: dict[str, str] = {}
    for job in json.load(sys.stdin):
        try:
            run(Path(job["folder"]), job["maker"], job["training"])
        except Exception as error:
            errors[job["folder"]] = f"{type(error).__name__}: {error}"
    json.dump(errors, sys.stdout)


main()
