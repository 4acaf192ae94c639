"""From rows of the data files to what the module takes and is judged by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import torch

from .fields import Data, Rows
from .generated import Generated, Tensors
from .ranks import Ranks
from .reading import Awaited, Reading
from .requests import Positions, Step

TRAINING = "train"


@dataclass(frozen=True)
class Batch:
    samples: float
    """For how many it counts: a batch that several processes have whole counts for its part in each."""
    inputs: Tensors
    targets: Tensors


@dataclass(frozen=True)
class Read:
    """Rows that are read but not yet on the device."""

    part: str
    samples: float
    rows: Rows


Placing = Callable[[], Batch]
"""Puts a batch on the device in the moment in which it is needed."""
Placings = Sequence[Placing]


class Batches:
    def __init__(self, data: Data, generated: Generated, device: torch.device, ranks: Ranks) -> None:
        self._ranks = ranks
        self._data = data
        self._generated = generated
        self._device = device
        self.channels_last = False
        self._reading = Reading(data, device)

    def read_later(self, step: Step) -> Awaited[list[Read]]:
        return self._reading.later(lambda: self.read_step(step))

    def read_chunk_later(self, part: str, positions: Positions) -> Awaited[Read]:
        return self._reading.later(lambda: self.read(part, positions))

    def read_step(self, step: Step) -> list[Read]:
        """This process's share of each micro-batch."""
        for positions in step.micro_batches:
            self._data.check(TRAINING, self._names(True), positions)
        return [self._counted(*self._ranks.step_share(positions)) for positions in step.micro_batches]

    def read_whole(self, step: Step) -> list[Read]:
        return [self.read(TRAINING, positions) for positions in step.micro_batches]

    def read(self, part: str, positions: Positions, targets: bool = True) -> Read:
        return Read(part, len(positions), self._data.read(part, self._names(targets), positions))

    def _counted(self, positions: Positions, samples: float) -> Read:
        return replace(self.read(TRAINING, positions), samples=samples)

    def _names(self, targets: bool) -> list[str]:
        return [*self._generated.INPUT_FIELDS, *(self._generated.TARGET_FIELDS if targets else ())]

    def placing(self, reads: Sequence[Read]) -> Placings:
        return [partial(self.place, each) for each in reads]

    def place(self, read: Read) -> Batch:
        """On the device, as numbers of the right kind and with the axes of PyTorch."""
        fields = self._data.fields(read.part)
        placed = {
            name: fields[name].convert(rows.to(self._device, non_blocking=True)) for name, rows in read.rows.items()
        }
        generated = self._generated
        inputs = generated.prepare_inputs(*(placed[name] for name in generated.INPUT_FIELDS))
        given = all(name in placed for name in generated.TARGET_FIELDS)
        targets = generated.prepare_targets(*(placed[name] for name in generated.TARGET_FIELDS)) if given else ()
        if self.channels_last:
            inputs = tuple(
                each.contiguous(memory_format=torch.channels_last) if each.dim() == 4 else each for each in inputs
            )
        return Batch(read.samples, inputs, targets)
