"""Prints, for each folder given, the shapes of what the model there and its hand-written twin learn."""

import importlib.util
import inspect
import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras


def shapes(path: Path) -> list[list[int]]:
    spec = importlib.util.spec_from_file_location(f"twin_{abs(hash(str(path)))}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    functions = [each for _, each in inspect.getmembers(module, inspect.isfunction)]
    # The network is made by the function that stands last.
    maker = max(functions, key=lambda each: inspect.getsourcelines(each)[1])
    model: keras.Model = maker()
    return sorted(list(weight.shape) for weight in model.weights)


folders = [Path(folder) for folder in sys.argv[1:]]
found = [[shapes(folder / "keras" / "model.py"), shapes(folder / "handwritten" / "keras.py")] for folder in folders]
json.dump(found, sys.stdout)
