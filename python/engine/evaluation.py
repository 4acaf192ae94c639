"""Sums over a part of the data that suffice for every measure; they come back once."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .batches import Batch, Batches
from .checkpoints import write_tensors
from .generated import Generated, Tensors
from .ranks import Ranks
from .read_back import Numbers, ReadBack
from .requests import Evaluate
from .stepper import Stepper

AHEAD = 2
"""Chunks that are read before they are needed."""


@dataclass(frozen=True)
class Evaluated:
    samples: int
    aborted: bool
    sizes: list[int]
    """How many numbers each metric has."""
    sums: Numbers


class Evaluation:
    def __init__(
        self, generated: Generated, stepper: Stepper, batches: Batches, read_back: ReadBack, ranks: Ranks, heads: int
    ) -> None:
        self._generated = generated
        self._stepper = stepper
        self._batches = batches
        self._read_back = read_back
        self._ranks = ranks
        self._heads = heads

    def run(self, request: Evaluate, model: torch.nn.Module, is_aborted: Callable[[], bool]) -> Evaluated:
        model.eval()
        sums: Tensor | None = None
        sizes: list[int] = []
        kept: list[list[Tensor]] = [[] for _ in range(self._heads)]
        samples = 0
        # What is written needs the outputs of all samples in one process.
        whole = request.predictions_to is not None
        with torch.no_grad():
            for size, batch in self._chunks(request, whole):
                if is_aborted():
                    break
                samples += size
                if batch.samples == 0:
                    continue
                outputs = self._stepper.outputs(batch.inputs)
                told, sizes = self._measures(outputs, batch, request.full)
                sums = told if sums is None else sums + told
                if request.predictions_to is not None:
                    for own, output in zip(kept, outputs, strict=True):
                        own.append(output.cpu())
        aborted = samples < len(request.positions)
        if request.predictions_to is not None and not aborted and samples > 0 and self._ranks.rank == 0:
            write_tensors(Path(request.predictions_to), {f"heads/{at}": torch.cat(own) for at, own in enumerate(kept)})
        sums = sums if whole else self._ranks.add_up(sums)
        found = None if sums is None else self._read_back.read([sums])[0]
        return Evaluated(samples, aborted, sizes, np.zeros(self._heads) if found is None else found)

    def _chunks(self, request: Evaluate, whole: bool) -> Iterator[tuple[int, Batch]]:
        """Sizes of all chunks, and what of them is this process's; the next is read while one is computed."""
        positions = request.positions
        chunks = [positions[start : start + request.chunk] for start in range(0, len(positions), request.chunk)]
        own = chunks if whole else [self._ranks.share(each) for each in chunks]
        reads = deque(self._batches.read_chunk_later(request.part, each) for each in own[:AHEAD])
        for at, chunk in enumerate(chunks):
            if at + AHEAD < len(own):
                reads.append(self._batches.read_chunk_later(request.part, own[at + AHEAD]))
            yield len(chunk), self._batches.place(reads.popleft().result())

    def _measures(self, outputs: Tensors, batch: Batch, full: bool) -> tuple[Tensor, list[int]]:
        """The losses of all heads, then all metrics, each times the samples: what can be added up."""
        losses = self._generated.head_losses(outputs, batch.targets)
        metrics = self._generated.head_metrics(outputs, batch.targets, full)
        flat = [each.detach().reshape(-1).to(_widest(each.device)) for each in (*losses, *metrics)]
        return torch.cat(flat) * batch.samples, [each.numel() for each in metrics]


def _widest(device: torch.device) -> torch.dtype:
    return torch.float32 if device.type == "mps" else torch.float64
