"""A submission on its way: what was asked, how far it came, and why it ended early."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .batches import Batches, Read
from .found import FoundNumbers, FoundTensors
from .inspection import Inspection
from .memory import free_unused, largest_batch
from .problems import EngineProblem
from .ranks import Ranks
from .read_back import Numbers, Pending, ReadBack
from .reading import Awaited
from .requests import Step, Submit
from .state import State
from .stepper import Stepper

ABORTED = "aborted"
NOT_FINITE = "not finite"
OUT_OF_MEMORY = "out of memory"

Reads = Sequence[Awaited[list[Read]]]


@dataclass(frozen=True)
class Done:
    rows: Numbers
    """One a step that was done."""
    reason: str | None
    largest_batch: int | None
    read_backs: int

    @staticmethod
    def nothing(reason: str) -> "Done":
        return Done(np.zeros((0, 0)), reason, None, 0)


@dataclass
class Work:
    request: Submit
    reads: Reads
    is_aborted: Callable[[], bool]
    place: int = 0
    """Where the state before it is kept."""
    handed: list[FoundTensors] = field(default_factory=list)
    """Of the steps that were handed to the device."""
    seen: list[FoundNumbers] = field(default_factory=list)
    """Of the steps that were looked at."""
    reason: str | None = None
    pending: Pending | None = None
    read_backs: int = 0

    def wants_ratios(self, step: Step) -> bool:
        every = self.request.ratio_every
        return self.request.telemetry and every > 0 and step.index % every == 0


@dataclass(frozen=True)
class Tools:
    """What submissions work with."""

    stepper: Stepper
    state: State
    batches: Batches
    read_back: ReadBack
    inspection: Inspection
    ranks: Ranks

    def name_failure(self, error: Exception, step: Step) -> None:
        """Raises what names the node that fails a step, where one does."""
        if not isinstance(error, EngineProblem):
            self.inspection.name_failure(step)

    def drop_gradients(self) -> None:
        self.state.drop_gradients()
        free_unused(self.stepper.device)

    def what_fits(self, step: Step) -> int:
        """Tries forward and backward passes with fewer and fewer of a step's samples; changes nothing."""
        positions = max(step.micro_batches, key=len)

        def attempt(size: int) -> None:
            fewer = Step(step.index, (positions[:size],))
            reads = self.batches.read_step(fewer)
            self.ranks.all_or_none(lambda: self.stepper.gradients_alone(fewer, self.batches.placing(reads)))

        self.state.keep_buffers()
        try:
            return largest_batch(attempt, len(positions), self.stepper.device)
        finally:
            self.drop_gradients()
            self.state.put_back_buffers()
