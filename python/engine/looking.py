"""Steps on a CPU, which computes while one waits for it: each is looked at before its update, so nothing is undone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .batches import Read
from .found import FoundNumbers, FoundTensors, is_whole, numbers_of, values_of
from .memory import is_out_of_memory
from .problems import EngineProblem, PartedProblem
from .reading import Awaited
from .requests import Step, Submit
from .work import ABORTED, NOT_FINITE, OUT_OF_MEMORY, Done, Reads, Tools, Work


class Looking:
    """The same numbers as with snapshots; it spares the copy of all state, which on a CPU costs as much as an update."""

    overlaps = False

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def begin(self, request: Submit, reads: Reads, is_aborted: Callable[[], bool], place: int) -> Work:
        work = Work(request, reads, is_aborted, place)
        before = self._tools.read_back.count
        for step, read in zip(request.steps, reads, strict=True):
            if is_aborted():
                work.reason = ABORTED
                break
            try:
                found = self._whole_step(work, step, read)
            except PartedProblem:
                raise
            except Exception as error:
                self._tools.drop_gradients()
                self._tools.state.put_back_buffers()
                self._tools.state.spoil(len(work.seen) > 0)
                self._tools.name_failure(error, step)
                raise
            if found is None:
                break
            work.seen.append(found)
        work.read_backs = self._tools.read_back.count - before
        return work

    def finish(self, work: Work) -> Done:
        stepper = self._tools.stepper
        rows = stepper.told(work.seen, work.request.telemetry)
        stepper.precision.succeed(len(rows))
        fits = self._tools.what_fits(work.request.steps[len(rows)]) if work.reason == OUT_OF_MEMORY else None
        return Done(rows, work.reason, fits, work.read_backs)

    def _whole_step(self, work: Work, step: Step, read: Awaited[list[Read]]) -> FoundNumbers | None:
        """The numbers of a step; None where it was not done."""
        state = self._tools.state
        try:
            state.keep_buffers()
            batches = self._tools.batches.placing(read.result())
            while True:
                found = self._tools.stepper.measure(step, batches, work.request.telemetry)
                (numbers,) = numbers_of(self._tools.read_back.read(values_of([found])))
                if self._tools.ranks.fewest(is_whole(numbers)):
                    break
                state.put_back_buffers()
                if not (np.isfinite(numbers.losses[0]) and self._tools.stepper.precision.can_lower()):
                    work.reason = NOT_FINITE
                    return None
                self._tools.stepper.precision.lower()
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.drop_gradients()
            state.put_back_buffers()
            work.reason = OUT_OF_MEMORY
            return None
        updated = self._tools.ranks.or_part(lambda: self._update(step, found, work.wants_ratios(step)))
        if updated.change is None:
            return numbers
        return replace(numbers, change=self._tools.read_back.read([updated.change])[0])

    def _update(self, step: Step, found: FoundTensors, ratios: bool) -> FoundTensors:
        try:
            return self._tools.stepper.update(step, found, ratios)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.drop_gradients()
            self._tools.state.spoil(True)
            raise EngineProblem(
                "out-of-memory",
                "Memory ran out in the middle of an update, so the weights are half old and half new. "
                "Go on from the last checkpoint, with smaller batches or fewer weights.",
            ) from error
