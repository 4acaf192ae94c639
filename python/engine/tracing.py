"""The module in its form of one statement a node, which tells `watch` what each node gives: functional operations too."""

import importlib
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from .generated import Generated, Tensors, as_tuple
from .problems import EngineProblem

Visit = Callable[[str, Tensor], None]


class Traced:
    """A module of its own: what is done with it leaves the trained one alone."""

    def __init__(self, generated: Generated, device: torch.device) -> None:
        self._nodes = generated.NODES
        self._module = generated.make_traced().to(device)
        self._file: Any = importlib.import_module("traced")
        self._silence = self._file.watch

    def take(self, module: nn.Module, training: bool) -> None:
        """The weights of now."""
        self._module.load_state_dict(module.state_dict())
        self._module.train(training)

    def run(self, inputs: Tensors, visit: Visit) -> Tensors:
        """Hands the value of every node to `visit`, in the order of the program."""
        told = 0

        def watch(*values: Tensor) -> None:
            nonlocal told
            if told >= len(self._nodes) or len(values) != len(self._nodes[told][1]):
                raise EngineProblem("engine-failed", f"Value {told} of the module is none of a node of its drawing.")
            path = self._nodes[told][0]
            told += 1
            for value in values:
                visit(path, value)

        self._file.watch = watch
        try:
            outputs = as_tuple(self._module(*inputs))
        finally:
            self._file.watch = self._silence
        if told != len(self._nodes):
            raise EngineProblem("engine-failed", f"The module tells {told} nodes; its drawing has {len(self._nodes)}.")
        return outputs
