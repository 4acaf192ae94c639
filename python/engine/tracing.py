"""The module's twin as a graph of torch.fx, run node by node: what each node of the drawing gives, and which one fails."""

import importlib
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

import torch
from torch import Tensor, fx, nn

from .generated import Generated, Tensors, as_tuple
from .memory import is_out_of_memory
from .problems import EngineProblem, NodeProblem, one_line

Visit = Callable[[str, Tensor], None]
Nodes = tuple[tuple[str, tuple[str, ...]], ...]

MARK = "watch"
"""In `traced.py` a call of this function follows the statement of each node, with the node's values."""


class Enough(Exception):
    """Raised by who is handed values, when no more are wanted: what follows is not computed."""


class Traced:
    """A module of its own: what is done with it leaves the trained one alone. It is traced once, for both modes."""

    def __init__(self, generated: Generated, device: torch.device) -> None:
        self._nodes = generated.NODES
        self._twin = generated.make_traced().to(device)
        file = importlib.import_module("traced")
        self._watch: object = getattr(file, MARK)
        try:
            self._graph = _Marked(file).trace(self._twin)
        except Exception as error:
            raise EngineProblem("engine-failed", f"torch.fx cannot follow the module: {one_line(error)}") from error
        self._check()

    def take(self, module: nn.Module, training: bool) -> None:
        """The weights of now."""
        self._twin.load_state_dict(module.state_dict())
        self._twin.train(training)

    def run(self, inputs: Tensors, visit: Visit) -> Tensors:
        """Hands the value of every node to `visit`, in the order of the program."""
        return as_tuple(_Walk(self._twin, self._graph, self._watch, self._nodes, visit).run(*inputs))

    def _check(self) -> None:
        """The marks are the drawing's nodes, one after the other."""
        marks = [node for node in self._graph.nodes if node.op == "call_function" and node.target is self._watch]
        if len(marks) != len(self._nodes):
            raise EngineProblem(
                "engine-failed", f"The module marks {len(marks)} nodes; its drawing has {len(self._nodes)}."
            )
        for mark, (path, names) in zip(marks, self._nodes, strict=True):
            if len(mark.args) != len(names):
                raise EngineProblem("engine-failed", f"The module gives {len(mark.args)} values of the node {path}.")


class _Marked(fx.Tracer):
    """Goes into forwards with marks alone. All else runs as it is, whatever it decides by shapes or by the mode."""

    def __init__(self, file: ModuleType) -> None:
        own = (each for each in vars(file).values() if isinstance(each, FunctionType))
        super().__init__(autowrap_functions=tuple(each for each in own if each.__module__ == file.__name__))

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return not any(_has_marks(each) for each in m.modules())


def _has_marks(module: nn.Module) -> bool:
    code = getattr(type(module).forward, "__code__", None)
    return code is not None and MARK in code.co_names


class _Walk(fx.Interpreter):
    """What is computed between two marks belongs to the node of the second. Values that nobody needs are let go."""

    def __init__(self, twin: nn.Module, graph: fx.Graph, watch: object, nodes: Nodes, visit: Visit) -> None:
        super().__init__(twin, graph=graph)
        # It would write where in a file the graph came from into what errors say.
        self.extra_traceback = False
        self._watch = watch
        self._nodes = nodes
        self._visit = visit
        self._seen = 0

    def run_node(self, n: fx.Node) -> Any:
        if n.op == "call_function" and n.target is self._watch:
            values, _ = self.fetch_args_kwargs_from_env(n)
            path = self._nodes[self._seen][0]
            self._seen += 1
            for value in values:
                self._visit(path, value)
            return None
        try:
            return super().run_node(n)
        except Exception as error:
            raise self._problem(error) from error

    def _problem(self, error: Exception) -> NodeProblem:
        path = self._nodes[min(self._seen, len(self._nodes) - 1)][0]
        code = "out-of-memory" if is_out_of_memory(error) else "engine-failed"
        return NodeProblem(code, f"The node {path} cannot be computed: {one_line(error)}")
