"""What an exported folder brings: its own train.py, as a module."""

import importlib
import os
import sys
from typing import Any


def exported_script(folder: str) -> Any:
    os.chdir(folder)
    sys.path.insert(0, folder)
    return importlib.import_module("train")
