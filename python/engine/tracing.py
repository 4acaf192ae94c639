"""The module in its form of one statement a node, traced, so that functional operations have names too."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from torch import Tensor, fx, nn

from .problems import EngineProblem, one_line

TRACED_FILE = "traced.py"
PASSES = "/*"


class Tracer(fx.Tracer):
    """Notes with every value the statements of the file that were being run."""

    def __init__(self, file: Path, nodes: dict[int, str]) -> None:
        super().__init__()
        self._file = str(file)
        self._nodes = nodes
        self._first_lines = first_lines(file)
        self._passes: dict[tuple[FrameType, int], list[FrameType]] = {}
        self.paths: dict[str, str] = {}
        """By the name of a value in the graph the path of its node."""

    def create_node(self, *given: Any, **named: Any) -> fx.Node:
        node = super().create_node(*given, **named)
        path = self._path()
        if path is not None:
            self.paths[node.name] = path
        return node

    def _path(self) -> str | None:
        """None between the statements of nodes, where axes are moved."""
        frames = list(self._frames())
        parts: list[str] = []
        for at, (frame, line) in enumerate(frames):
            node = self._nodes.get(line)
            if node is None:
                return None
            if node.endswith(PASSES):
                inner = frames[at + 1][0] if at + 1 < len(frames) else frame
                node = f"{node.removesuffix(PASSES)}/{self._pass(frame, line, inner)}"
            parts.append(node)
        return "/".join(parts) or None

    def _frames(self) -> Iterator[tuple[FrameType, int]]:
        """Functions of the file that are being run, the outermost first, and the first lines of their statements."""
        found: list[tuple[FrameType, int]] = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._file:
                found.append((frame, self._first_lines.get(frame.f_lineno, frame.f_lineno)))
            frame = frame.f_back
        return reversed(found)

    def _pass(self, frame: FrameType, line: int, inner: FrameType) -> int:
        """How many other calls this line made before this one."""
        seen = self._passes.setdefault((frame, line), [])
        if inner not in seen:
            seen.append(inner)
        return seen.index(inner)


def first_lines(file: Path) -> dict[int, int]:
    """By line the first line of the innermost statement that it belongs to."""
    found: dict[int, int] = {}
    for statement in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.stmt):
            for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
                found[line] = statement.lineno
    return found


class Traced:
    """A graph and the paths of its values."""

    def __init__(self, module: nn.Module, file: Path, nodes: dict[int, str], inputs: tuple[str, ...]) -> None:
        tracer = Tracer(file, nodes)
        try:
            graph = tracer.trace(module)
        except Exception as error:
            raise EngineProblem("engine-failed", f"The module cannot be traced: {one_line(error)}") from error
        self.graph = fx.GraphModule(module, graph)
        taken = [node.name for node in graph.nodes if node.op == "placeholder"]
        self.paths = {**tracer.paths, **dict(zip(taken, inputs, strict=True))}
        last = {path: name for name, path in self.paths.items()}
        self._names = set(last.values())
        """Of the values that are what a node gives: the last of its statement."""

    def path_of(self, node: fx.Node) -> str | None:
        return self.paths.get(node.name) if node.name in self._names else None


class Walk(fx.Interpreter):
    """Runs a graph and hands every node's value to `visit`, in the order of the program."""

    def __init__(self, traced: Traced) -> None:
        super().__init__(traced.graph)
        self._traced = traced

    def visit(self, path: str, value: Tensor) -> None:
        raise NotImplementedError

    def run_node(self, node: fx.Node) -> Any:
        value = super().run_node(node)
        path = self._traced.path_of(node)
        if path is not None and isinstance(value, Tensor):
            self.visit(path, value)
        return value
