"""What is generated for a session: the module as it is exported, and how it is fed, judged and updated."""

import importlib
import sys
from pathlib import Path
from typing import Protocol, cast

import torch
from torch import Tensor, nn

from .problems import EngineProblem, one_line

Tensors = tuple[Tensor, ...]


class Generated(Protocol):
    """`session.py`."""

    INPUT_FIELDS: tuple[str, ...]
    TARGET_FIELDS: tuple[str, ...]
    INPUTS: tuple[str, ...]
    """Paths of the Input nodes, in the order of what the module takes."""
    HEADS: tuple[str, ...]
    """Paths of the Output nodes, in the order of what the module gives."""
    NODES: tuple[tuple[str, tuple[str, ...]], ...]
    """Paths of all nodes with the names of what they give, in the order in which `traced.watch` marks them."""

    def make_model(self) -> nn.Module: ...

    def make_traced(self) -> nn.Module: ...

    def make_optimizer(self, model: nn.Module) -> torch.optim.Optimizer: ...

    def prepare_inputs(self, *fields: Tensor) -> Tensors: ...

    def prepare_targets(self, *fields: Tensor) -> Tensors: ...

    def head_losses(self, outputs: Tensors, targets: Tensors) -> Tensors: ...

    def head_metrics(self, outputs: Tensors, targets: Tensors, full: bool) -> Tensors: ...


def load_generated(folder: Path) -> Generated:
    sys.path.insert(0, str(folder))
    # Also for itself: caches of a folder that is soon removed are of no use.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        return cast(Generated, importlib.import_module("session"))
    except Exception as error:
        raise EngineProblem("engine-failed", f"The session cannot be loaded: {one_line(error)}") from error


def as_tuple(outputs: object) -> Tensors:
    return (outputs,) if isinstance(outputs, Tensor) else tuple(cast(Tensors, outputs))
