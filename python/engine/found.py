"""What a step found: tensors where it was computed, numbers once they were read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Generic, TypeVar

import numpy as np
from torch import Tensor

from .read_back import Numbers

Value = TypeVar("Value")


@dataclass(frozen=True)
class Found(Generic[Value]):
    losses: Value
    """[columns]: the weighted loss, the loss of each head, the means of the metrics."""
    statistics: Value | None
    """A number that is finite as long as all statistics are; None where there are none."""
    norms: Value | None
    """[parameters], of the gradient before clipping; None where nobody asks."""
    change: Value | None = None
    """[2, parameters], of what the update added and of what it was added to; None where nobody asks."""


FoundTensors = Found[Tensor]
FoundNumbers = Found[Numbers]


def values_of(steps: Sequence[FoundTensors]) -> list[Tensor | None]:
    """As they are read back together."""
    return [value for each in steps for value in (each.losses, each.statistics, each.norms, each.change)]


def numbers_of(values: Sequence[Numbers | None]) -> list[FoundNumbers]:
    """The steps of such a list."""
    steps: list[FoundNumbers] = []
    for losses, *others in zip(*[iter(values)] * 4, strict=True):
        if losses is None:
            raise ValueError("a step without losses")
        steps.append(FoundNumbers(losses, *others))
    return steps


def is_whole(found: FoundNumbers) -> bool:
    """Whether loss, statistics and gradient are finite; the metrics and the change may be anything."""
    judged = [each for each in (found.statistics, found.norms) if each is not None]
    return isfinite(found.losses[0] + sum(float(np.add.reduce(each, axis=None)) for each in judged))
