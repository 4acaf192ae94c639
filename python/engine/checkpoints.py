"""Weights and slots in a file, by PyTorch's names: `weights/<name>` and `slots/<name>/<slot>`."""

import os
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from .problems import EngineProblem
from .state import State

Loaded = dict[str, list[str]]


def entries(state: State, slots: Sequence[str]) -> dict[str, Tensor]:
    """Everything that is saved, by name, where it lives."""
    found = {f"weights/{name}": value.detach() for name, value in state.model.state_dict().items()}
    for name, parameter in state.model.named_parameters(remove_duplicate=False):
        own = state.optimizer.state.get(parameter, {})
        for slot in slots:
            value = own.get(slot)
            if isinstance(value, Tensor):
                found[f"slots/{name}/{slot}"] = value
    return found


def save(state: State, slots: Sequence[str], to: Path) -> None:
    write_tensors(to, entries(state, slots))


def load(state: State, slots: Sequence[str], source: Path) -> Loaded:
    """Takes what fits by name and shape. Where the file has no slots at all, they begin at zero."""
    stored = read_tensors(source)
    own = entries(state, slots)
    fitting = [name for name, value in own.items() if name in stored and stored[name].shape == value.shape]
    with torch.no_grad():
        if not any(name.startswith("slots/") for name in stored):
            for name, value in own.items():
                if name.startswith("slots/"):
                    value.zero_()
        for name in fitting:
            own[name].copy_(stored[name])
    missing = [name for name in own if name not in fitting]
    state.is_spoilt = state.is_spoilt and len(missing) > 0
    return {
        "loaded": fitting,
        "missing": missing,
        "unused": [name for name in stored if name not in fitting],
    }


def read_tensors(source: Path) -> dict[str, Tensor]:
    try:
        return load_file(source)
    except (OSError, SafetensorError) as error:
        raise EngineProblem("disk", f"{source} cannot be read: {error}") from error


def write_tensors(to: Path, tensors: dict[str, Tensor]) -> None:
    """Written beside and renamed, so that there is never half a file under the name."""
    beside = to.with_name(f"{to.name}.part")
    # Copies, each in its own memory: tied weights share theirs, which the format does not allow.
    copies = {
        name: value.detach().cpu().clone(memory_format=torch.contiguous_format) for name, value in tensors.items()
    }
    try:
        save_file(copies, beside)
        os.replace(beside, to)
    except (OSError, SafetensorError) as error:
        beside.unlink(missing_ok=True)
        raise EngineProblem("disk", f"{to} cannot be written: {error}") from error
