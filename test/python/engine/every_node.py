"""Looks into networks by torch.fx and by calling them: at every node the same bits, in training and in evaluation.

Standard input has {"engine": a folder, "cases": [{"label", "folder", "maker", "nodes", "samples"}]}; standard output gets
a list of what is wrong, in sentences.
"""

import importlib
import json
import sys
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor

Values = list[tuple[str, Tensor]]


def numbers(told: dict[str, Any]) -> Tensor:
    dtype = torch.int64 if told["dtype"] == "int32" else torch.float32
    return torch.tensor(told["values"], dtype=dtype).reshape(told["shape"])


def called(file: Any, module: torch.nn.Module, inputs: tuple[Tensor, ...], names: list[str]) -> Values:
    """The marks do something for once."""
    found: Values = []
    left = iter(names)
    mark, file.watch = file.watch, lambda *values: found.extend((next(left), value.clone()) for value in values)
    torch.manual_seed(7)
    module(*inputs)
    file.watch = mark
    return found


def complaints(case: dict[str, Any]) -> list[str]:
    from engine.tracing import Traced

    sys.modules.pop("traced", None)
    sys.path.insert(0, case["folder"])
    file: Any = importlib.import_module("traced")
    sys.path.pop(0)
    make = getattr(file, case["maker"])
    torch.manual_seed(3)
    plain = make()
    nodes = tuple((path, tuple(names)) for path, names in case["nodes"])
    inputs = tuple(numbers(each) for each in case["samples"])
    generated: Any = SimpleNamespace(NODES=nodes, make_traced=make)
    traced = Traced(generated, torch.device("cpu"))
    wrong: list[str] = []
    for training in (True, False):
        traced.take(plain, training)
        plain.train(training)
        found: Values = []
        torch.manual_seed(7)
        with torch.no_grad():
            traced.run(inputs, lambda path, value, found=found: found.append((path, value.clone())))
            expected = called(file, plain, inputs, [path for path, names in nodes for _ in names])
        mode = f"{case['label']}, {'training' if training else 'evaluation'}"
        if [path for path, _ in found] != [path for path, _ in expected]:
            wrong.append(f"{mode}: {len(found)} values instead of {len(expected)}")
        for (path, value), (_, other) in zip(found, expected, strict=False):
            if not torch.equal(value.nan_to_num(), other.nan_to_num()):
                wrong.append(f"{mode}: {path} is another")
    return wrong


def main() -> None:
    request = json.load(sys.stdin)
    sys.path.insert(0, request["engine"])
    json.dump([wrong for case in request["cases"] for wrong in complaints(case)], sys.stdout)


if __name__ == "__main__":
    main()
