"""A side of a comparison in Python: each line on standard input trains anew, and is answered by a line of JSON."""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any


def serve(train: Callable[[Any, int], dict[str, Any]]) -> None:
    """`SCRIPT FOLDER EPOCHS`: hands the exported folder's own train.py to `train`."""
    folder, epochs = sys.argv[1], int(sys.argv[2])
    os.chdir(folder)
    sys.path.insert(0, folder)
    script = importlib.import_module("train")
    for _ in sys.stdin:
        print(json.dumps(train(script, epochs)), flush=True)
