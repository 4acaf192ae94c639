"""One example of a layer, read from the exported JSON: parameters and tensors."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

Tensors = dict[str, Tensor]


@dataclass(frozen=True)
class Case:
    """`inputs`, `weights`, `upstream` and `random` are by port or name; layouts are Netloom's (channels last)."""

    layer: str
    example: str
    hash: str
    params: dict[str, Any]
    inputs: Tensors
    weights: Tensors
    trainable: tuple[str, ...]
    upstream: Tensors
    random: Tensors


@dataclass(frozen=True)
class Result:
    """What a layer gives; `updates` are new values of running statistics."""

    outputs: Tensors
    updates: Tensors


def read_case(entry: dict[str, Any]) -> Case:
    weights: dict[str, Any] = entry["weights"]
    return Case(
        layer=entry["layer"],
        example=entry["example"],
        hash=entry["hash"],
        params=entry["params"],
        inputs=_tensors(entry["inputs"]),
        weights=_tensors(weights),
        trainable=tuple(name for name, weight in weights.items() if weight["trainable"]),
        upstream=_tensors(entry["upstream"]),
        random=_tensors(entry["random"]),
    )


def _tensors(entries: dict[str, Any]) -> Tensors:
    return {name: _tensor(numbers) for name, numbers in entries.items()}


def _tensor(numbers: dict[str, Any]) -> Tensor:
    dtype = torch.float64 if numbers["dtype"] == "float32" else torch.int64
    return torch.tensor(numbers["values"], dtype=dtype).reshape(numbers["shape"])


def only(output: Tensor) -> Result:
    """The result of a layer with one output and nothing to update."""
    return Result({"output": output}, {})
