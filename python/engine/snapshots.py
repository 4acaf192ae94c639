"""Steps on a device that runs by itself: all are handed over without a look, and what they found comes back once."""

from collections.abc import Callable

import numpy as np
from torch import Tensor

from .batches import Read
from .memory import is_out_of_memory
from .read_back import Numbers
from .reading import Awaited
from .requests import Step, Submit
from .work import ABORTED, NOT_FINITE, OUT_OF_MEMORY, Done, Reads, Tools, Work, first_bad


class Snapshots:
    """The state before a submission is kept; where a step was bad, it is put back and the steps before done again."""

    overlaps = True

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def begin(self, request: Submit, reads: Reads, is_aborted: Callable[[], bool], place: int) -> Work:
        """When this returns, the device may still compute."""
        work = Work(request, reads, is_aborted, place)
        try:
            self._tools.state.keep(place)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.state.free_copies()
            work.reason = OUT_OF_MEMORY
            return work
        try:
            self._hand_over(work)
        except Exception:
            self._tools.drop_gradients()
            self._tools.state.put_back(place)
            raise
        if work.rows:
            work.pending = self._tools.read_back.begin(work.rows)
            work.read_backs = 1
        return work

    def finish(self, work: Work) -> Done:
        stepper = self._tools.stepper
        rows = work.pending.wait() if work.pending else np.zeros((0, stepper.width() + 1))
        bad = first_bad(rows)
        while bad is not None and np.isfinite(rows[bad, 0]) and stepper.precision.can_lower():
            rows = self._again_with_lower_scale(work, rows)
            bad = first_bad(rows)
        if bad is not None:
            work.reason = NOT_FINITE
            rows = rows[:bad]
        if work.reason in (NOT_FINITE, OUT_OF_MEMORY):
            rows = self._go_back(work, rows)
        stepper.precision.succeed(len(rows))
        fits = self._tools.what_fits(work.request.steps[len(rows)]) if work.reason == OUT_OF_MEMORY else None
        return Done(rows[:, :-1], work.reason, fits, work.read_backs)

    def _hand_over(self, work: Work) -> None:
        for step, read in zip(work.request.steps, work.reads, strict=True):
            if work.is_aborted():
                work.reason = ABORTED
                return
            try:
                work.rows.append(self._step(work, step, read))
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                work.reason = OUT_OF_MEMORY
                return

    def _step(self, work: Work, step: Step, read: Awaited[list[Read]]) -> Tensor:
        stepper = self._tools.stepper
        batches = [self._tools.batches.place(each) for each in read.result()]
        measured = stepper.measure(step, batches, work.request.telemetry)
        ratios = stepper.update(step, measured, work.wants_ratios(step))
        return stepper.row(measured, work.request.telemetry, ratios)

    def _again_with_lower_scale(self, work: Work, rows: Numbers) -> Numbers:
        self._tools.stepper.precision.lower()
        self._tools.state.put_back(work.place)
        work.rows, work.reason = [], None
        self._hand_over(work)
        if not work.rows:
            return rows[:0]
        work.read_backs += 1
        return self._tools.read_back.read(work.rows)

    def _go_back(self, work: Work, rows: Numbers) -> Numbers:
        """To where the last whole step ended: to the beginning, and the whole steps from there again."""
        state = self._tools.state
        self._tools.drop_gradients()
        if not state.is_kept(work.place):
            return rows[:0]
        state.put_back(work.place)
        try:
            for step, read in zip(work.request.steps[: len(rows)], work.reads, strict=False):
                self._step(work, step, read)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            self._tools.drop_gradients()
            state.put_back(work.place)
            return rows[:0]
        return rows
