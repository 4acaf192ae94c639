"""The tensors that a job hands over, and those that are written for it."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

Array = npt.NDArray[Any]


class Tensors:
    """Tensors by name, some of them below a common beginning."""

    def __init__(self, path: Path) -> None:
        self._all: dict[str, Array] = load_file(path)

    def get(self, name: str) -> Array:
        return self._all[name]

    def below(self, start: str) -> dict[str, Array]:
        """Those whose names begin so, without that beginning."""
        return {name[len(start) :]: each for name, each in self._all.items() if name.startswith(start)}


class Findings:
    """What an export computed."""

    def __init__(self) -> None:
        self._all: dict[str, Array] = {}

    def add(self, name: str, value: Any) -> None:
        array = np.asarray(value)
        if array.dtype not in (np.float32, np.float64, np.int64, np.int32):
            array = array.astype(np.float32)
        self._all[name] = np.array(array, order="C")

    def add_all(self, start: str, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.add(start + name, value)

    def save(self, path: Path) -> None:
        save_file(self._all, path)


class Spread:
    """Number, sum, sum of squares and largest size of the first values of a weight, over several models."""

    def __init__(self) -> None:
        self._all: dict[str, Array] = {}

    def add(self, name: str, value: Any) -> None:
        values = np.asarray(value, dtype=np.float64)
        sums = [values.size, values.sum(), np.square(values).sum()]
        before = self._all.get(name, np.zeros(3))
        self._all[name] = before + np.asarray(sums)

    def save(self, findings: Findings) -> None:
        findings.add_all("fresh/", self._all)
