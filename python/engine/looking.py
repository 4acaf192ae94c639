"""Steps on a CPU, which computes while one waits for it: each is looked at before its update, so nothing is undone."""

from collections.abc import Callable

import numpy as np

from .batches import Read
from .memory import is_out_of_memory
from .problems import EngineProblem
from .read_back import Numbers
from .reading import Awaited
from .requests import Step, Submit
from .stepper import Measured
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
                row = self._whole_step(work, step, read)
            except Exception:
                self._tools.drop_gradients()
                self._tools.state.put_back_buffers()
                self._tools.state.spoil(len(work.told) > 0)
                raise
            if row is None:
                break
            work.told.append(row)
        work.read_backs = self._tools.read_back.count - before
        return work

    def finish(self, work: Work) -> Done:
        stepper = self._tools.stepper
        rows = np.stack(work.told) if work.told else np.zeros((0, stepper.width()))
        stepper.precision.succeed(len(rows))
        fits = self._tools.what_fits(work.request.steps[len(rows)]) if work.reason == OUT_OF_MEMORY else None
        return Done(rows, work.reason, fits, work.read_backs)

    def _whole_step(self, work: Work, step: Step, read: Awaited[list[Read]]) -> Numbers | None:
        """The numbers of a step; None where it was not done."""
        state = self._tools.state
        try:
            state.keep_buffers()
            batches = [self._tools.batches.place(each) for each in read.result()]
            while True:
                measured = self._tools.stepper.measure(step, batches, work.request.telemetry)
                row = self._tools.read_back.read([self._tools.stepper.row(measured, work.request.telemetry, None)])[0]
                if np.isfinite(row[-1]):
                    break
                state.put_back_buffers()
                if not (np.isfinite(row[0]) and self._tools.stepper.precision.can_lower()):
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
        ratios = self._update(step, measured, work.wants_ratios(step))
        if ratios is not None:
            row[-1 - len(ratios) : -1] = ratios
        told: Numbers = row[:-1]
        return told

    def _update(self, step: Step, measured: Measured, ratios: bool) -> Numbers | None:
        try:
            found = self._tools.stepper.update(step, measured, ratios)
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
        return None if found is None else self._tools.read_back.read([found])[0]
