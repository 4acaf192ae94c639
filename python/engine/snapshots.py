"""Steps on a device that runs by itself: all are handed over without a look, and what they found comes back once."""

from collections.abc import Callable, Sequence

import numpy as np

from .batches import Read
from .found import FoundNumbers, FoundTensors, is_whole, numbers_of, values_of
from .memory import is_out_of_memory
from .problems import PartedProblem
from .reading import Awaited
from .requests import Step, Submit
from .work import ABORTED, NOT_FINITE, OUT_OF_MEMORY, Done, Reads, Tools, Work


class Snapshots:
    """The state before a submission is kept; where a step was bad, it is put back and the steps before done again."""

    overlaps = True

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def begin(self, request: Submit, reads: Reads, is_aborted: Callable[[], bool], place: int) -> Work:
        """When this returns, the device may still compute."""
        work = Work(request, reads, is_aborted, place)
        try:
            self._tools.ranks.all_or_none(lambda: self._tools.state.keep(place))
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.state.free_copies()
            work.reason = OUT_OF_MEMORY
            return work
        try:
            self._hand_over(work)
        except PartedProblem:
            raise
        except Exception as error:
            self._tools.drop_gradients()
            self._tools.state.put_back(place)
            self._tools.name_failure(error, request.steps[len(work.handed)])
            raise
        if work.handed:
            work.pending = self._tools.read_back.begin(values_of(work.handed))
            work.read_backs = 1
        return work

    def finish(self, work: Work) -> Done:
        stepper = self._tools.stepper
        seen = numbers_of(work.pending.wait()) if work.pending else []
        whole = self._whole(seen)
        while whole < len(seen) and np.isfinite(seen[whole].losses[0]) and stepper.precision.can_lower():
            seen = self._again_with_lower_scale(work)
            whole = self._whole(seen)
        if whole < len(seen):
            work.reason = NOT_FINITE
            seen = seen[:whole]
        if work.reason in (NOT_FINITE, OUT_OF_MEMORY):
            seen = self._go_back(work, seen)
        rows = stepper.told(seen, work.request.telemetry)
        stepper.precision.succeed(len(rows))
        fits = self._tools.what_fits(work.request.steps[len(rows)]) if work.reason == OUT_OF_MEMORY else None
        return Done(rows, work.reason, fits, work.read_backs)

    def _hand_over(self, work: Work) -> None:
        for step, read in zip(work.request.steps, work.reads, strict=True):
            if work.is_aborted():
                work.reason = ABORTED
                return
            try:
                work.handed.append(self._step(work, step, read))
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                work.reason = OUT_OF_MEMORY
                return

    def _step(self, work: Work, step: Step, read: Awaited[list[Read]]) -> FoundTensors:
        stepper = self._tools.stepper
        batches = self._tools.batches.placing(read.result())
        found = stepper.measure(step, batches, work.request.telemetry)
        return self._tools.ranks.or_part(lambda: stepper.update(step, found, work.wants_ratios(step)))

    def _again_with_lower_scale(self, work: Work) -> list[FoundNumbers]:
        self._tools.stepper.precision.lower()
        self._tools.state.put_back(work.place)
        work.handed, work.reason = [], None
        self._hand_over(work)
        if not work.handed:
            return []
        work.read_backs += 1
        return numbers_of(self._tools.read_back.read(values_of(work.handed)))

    def _go_back(self, work: Work, seen: list[FoundNumbers]) -> list[FoundNumbers]:
        """To where the last whole step ended: to the beginning, and the whole steps from there again."""
        state = self._tools.state
        self._tools.drop_gradients()
        if not state.is_kept(work.place):
            return []
        state.put_back(work.place)
        try:
            for step, read in zip(work.request.steps[: len(seen)], work.reads, strict=False):
                self._step(work, step, read)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.drop_gradients()
            state.put_back(work.place)
            return []
        return seen

    def _whole(self, steps: Sequence[FoundNumbers]) -> int:
        """How many there are before the first that is not whole; statistics are each process's own."""
        own = next((at for at, each in enumerate(steps) if not is_whole(each)), len(steps))
        return self._tools.ranks.fewest(own)
