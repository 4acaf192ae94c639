"""A side of a comparison in Python: trains once, in a process of its own as the product does, and prints a line of JSON."""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any


def answer(train: Callable[[Any, int], dict[str, Any]]) -> None:
    """`SCRIPT FOLDER EPOCHS`: hands the exported folder's own train.py to `train`."""
    folder, epochs = sys.argv[1], int(sys.argv[2])
    os.chdir(folder)
    sys.path.insert(0, folder)
    print(json.dumps(train(importlib.import_module("train"), epochs)), flush=True)
