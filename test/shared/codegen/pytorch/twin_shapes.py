"""Prints, for each folder named on standard input, the shapes of what the model there and its hand-written twin learn."""

import importlib.util
import inspect
import json
import sys
from pathlib import Path

from torch import nn


def shapes(path: Path) -> list[list[int]]:
    spec = importlib.util.spec_from_file_location(f"{path.stem}_{path.parent.parent.name.replace('-', '_')}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # The network is the class that stands last.
    *_, maker = [each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == module.__name__]
    model: nn.Module = maker()
    return sorted(list(weight.shape) for weight in model.parameters())


folders = [Path(folder) for folder in json.load(sys.stdin)]
found = [[shapes(folder / "pytorch" / "model.py"), shapes(folder / "handwritten" / "pytorch.py")] for folder in folders]
json.dump(found, sys.stdout)
