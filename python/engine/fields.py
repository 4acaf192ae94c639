"""The data: files that are mapped into memory, read by position."""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .problems import EngineProblem, ProtocolProblem
from .requests import Positions
from .shapes import Shape

STORED = {"uint8": np.dtype("u1"), "float32": np.dtype("<f4"), "int32": np.dtype("<i4")}


@dataclass(frozen=True)
class Field:
    values: Tensor
    """[samples, ...] as stored."""
    whole: bool
    divide_by: float

    def convert(self, rows: Tensor) -> Tensor:
        """As the model takes them: float32, or int32 for whole numbers."""
        if self.whole:
            return rows.to(torch.int32)
        numbers = rows.to(torch.float32)
        # By a tensor: a plain number would be turned into its inverse on a card, which rounds otherwise.
        return numbers if self.divide_by == 1 else numbers / _divisor(self.divide_by, rows.device)


@functools.cache
def _divisor(number: float, device: torch.device) -> Tensor:
    return torch.full((), number, device=device)


Rows = dict[str, Tensor]


class Data:
    def __init__(self, parts: dict[str, dict[str, Field]], pinned: bool) -> None:
        self._parts = parts
        self._pinned = pinned

    def read(self, part: str, names: Sequence[str], positions: Positions) -> Rows:
        """Rows of each field as stored, in memory from which a card copies by itself."""
        self.check(part, names, positions)
        index = torch.from_numpy(positions)
        rows: Rows = {}
        for name in dict.fromkeys(names):
            taken = self._field(part, name).values.index_select(0, index)
            rows[name] = taken.pin_memory() if self._pinned else taken
        return rows

    def check(self, part: str, names: Sequence[str], positions: Positions) -> None:
        """Refuses positions that a field does not have."""
        largest = int(positions.max()) if len(positions) > 0 else -1
        for name in names:
            count = len(self._field(part, name).values)
            if largest >= count:
                message = (
                    f"The field {name} of the part {part} has {count} samples, counted from 0; asked for is {largest}."
                )
                raise EngineProblem("bad-request", message)

    def count(self, part: str) -> int:
        """Samples of a part; none where there is no such part."""
        fields = self._parts.get(part, {})
        return min((len(each.values) for each in fields.values()), default=0)

    def bytes(self) -> int:
        """Of all fields of all parts, as stored."""
        return sum(each.values.nbytes for fields in self._parts.values() for each in fields.values())

    def fields(self, part: str) -> dict[str, Field]:
        if part not in self._parts:
            raise EngineProblem("bad-request", f"The data have no part {part}.")
        return self._parts[part]

    def _field(self, part: str, name: str) -> Field:
        fields = self.fields(part)
        if name not in fields:
            raise EngineProblem("bad-request", f"The part {part} of the data has no field {name}.")
        return fields[name]


def open_data(file: Path, pinned: bool) -> Data:
    try:
        listed = Shape(json.loads(file.read_text(encoding="utf-8")), str(file))
        parts = {
            part: {name: _open_field(file.parent, field) for name, field in listed_part.items()}
            for part, listed_part in ((part, _entries(listed, part)) for part in listed.entries("parts"))
        }
    except (OSError, ValueError, ProtocolProblem) as error:
        raise EngineProblem("bad-request", f"The data cannot be opened: {error}") from error
    return Data(parts, pinned)


def _entries(listed: Shape, part: str) -> dict[str, Shape]:
    return listed.shape("parts").entries(part)


def _open_field(folder: Path, listed: Shape) -> Field:
    stored: Any = STORED[str(listed.choice("stored", tuple(STORED)))]
    whole = listed.choice("dtype", ("float32", "int32")) == "int32"
    shape = (listed.whole("count"), *listed.wholes("shape"))
    offset = listed.whole_or_none("offset") or 0
    # Copied where written to: PyTorch takes no memory that cannot be written, and nothing here writes.
    if 0 in shape:
        values: Any = np.zeros(shape, dtype=stored)
    else:
        values = np.memmap(folder / listed.text("file"), dtype=stored, mode="c", offset=offset, shape=shape)
    return Field(torch.from_numpy(values), whole, listed.number("divideBy"))
