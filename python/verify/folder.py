"""Imports the modules of an exported folder so that those of two folders never meet."""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType


class Folder:
    """A folder whose modules are imported by their plain names while it is open, and forgotten afterwards."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def module(self, name: str) -> ModuleType:
        return importlib.import_module(name)

    def offers(self, name: str) -> bool:
        return (self.path / f"{name}.py").is_file()


@contextlib.contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """Inside, the folder is the working folder and comes first among those that are imported from."""
    before = Path.cwd()
    own = {each.stem for each in path.glob("*.py")}
    hidden = {name: sys.modules.pop(name) for name in own if name in sys.modules}
    sys.path.insert(0, str(path))
    os.chdir(path)
    importlib.invalidate_caches()
    try:
        yield Folder(path)
    finally:
        os.chdir(before)
        sys.path.remove(str(path))
        for name in own:
            sys.modules.pop(name, None)
        sys.modules.update(hidden)
