"""Tries faster ways of computing the same, with real steps on the first samples; leaves no trace in the weights."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from .batches import TRAINING, Placings
from .memory import is_out_of_memory
from .notes import Note, measured, told
from .precision import Precision
from .problems import EngineProblem, one_line
from .requests import Step
from .settings import Settings
from .work import Tools

WARM_UP = 2
MOST_STEPS = 7
SECONDS = 1.0
WORTH = 0.95
"""What is to be taken must need at most this part of the time."""


@dataclass
class Probes:
    settings: Settings
    tools: Tools
    samples: int
    """How many there are to train with."""

    def run(self) -> list[Note]:
        """Chooses what the options leave open."""
        tools = self.tools
        options = self.settings.options
        open_ = options.precision == "auto" or options.channels_last is not False or options.compile is not False
        if not open_ or self.samples == 0:
            self._channels_last(options.channels_last is True)
            return []
        tools.state.keep(0)
        try:
            notes = [*self._choose_precision(), *self._choose_channels_last(), *self._choose_compile()]
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            notes = [told("memory", "Memory ran out while faster ways were tried; the plain one is taken.")]
        finally:
            tools.drop_gradients()
            tools.state.put_back(0)
            tools.state.free_copies()
        return notes

    def finds_idle(self) -> bool:
        """Whether some trainable parameter has no gradient, by a pass over two samples."""
        state = self.tools.state
        positions = np.arange(min(2, self.samples), dtype=np.int64)
        step = Step(0, (positions,))
        reads = [self.tools.batches.read(TRAINING, positions)]
        state.keep_buffers()
        try:
            self.tools.stepper.gradients_alone(step, self.tools.batches.placing(reads))
            return any(each.grad is None for each in state.trainable)
        except Exception:  # noqa: BLE001 - whatever fails here fails again in the first step, which tells it.
            return True
        finally:
            state.drop_gradients()
            state.put_back_buffers()

    def _choose_precision(self) -> list[Note]:
        stepper = self.tools.stepper
        if self.settings.options.precision != "auto" or stepper.device.type != "cuda":
            return []
        # Older cards only imitate bfloat16, which is slower than float32.
        name = "bfloat16" if torch.cuda.get_device_capability(stepper.device) >= (8, 0) else "float16"
        plain = stepper.precision

        def use(other: bool) -> None:
            stepper.precision = Precision(name, stepper.device) if other else plain

        return [self._compare("precision", name, use)]

    def _choose_channels_last(self) -> list[Note]:
        wanted = self.settings.options.channels_last
        if wanted is not None or not self.tools.state.has_images():
            self._channels_last(wanted is True)
            return []
        return [self._compare("channelsLast", "channels last", self._channels_last)]

    def _channels_last(self, on: bool) -> None:
        if on != self.tools.batches.channels_last:
            self.tools.batches.channels_last = on
            self.tools.state.set_format(torch.channels_last if on else torch.contiguous_format)

    def _choose_compile(self) -> list[Note]:
        wanted = self.settings.options.compile
        stepper, model = self.tools.stepper, self.tools.state.model
        if wanted is False:
            return []
        if wanted is None and stepper.device.type != "cuda":
            text = "torch.compile was not tried: on a CPU it takes a minute and seldom wins it back. It can be switched on."
            return [told("compile", text)]
        compiled: Any = torch.compile(model)

        def use(other: bool) -> None:
            stepper.call = compiled if other else model

        try:
            if wanted is None:
                return [self._compare("compile", "torch.compile", use)]
            use(True)
            self._seconds(0)
        except EngineProblem:
            raise
        except Exception as error:
            if is_out_of_memory(error):
                raise
            use(False)
            return [
                told("compile", f"torch.compile does not work here, so the module runs as it is: {one_line(error)}")
            ]
        return []

    def _compare(self, option: str, name: str, use: Callable[[bool], None]) -> Note:
        began = time.perf_counter()
        before = self._seconds(MOST_STEPS)
        try:
            use(True)
            after = self._seconds(MOST_STEPS)
        except BaseException:
            use(False)
            raise
        # Each process has its own times, and all compute alike.
        chosen = self.tools.ranks.agree_on(after < WORTH * before)
        use(chosen)
        return measured(option, name, chosen, before, after, time.perf_counter() - began)

    def _seconds(self, steps: int) -> float:
        """Of a whole step of this process, the middle of several; the first pay for start-up and are not counted."""
        return self.tools.ranks.all_or_none(lambda: self._measured(steps))

    def _measured(self, steps: int) -> float:
        size = min(self.settings.batch_size, self.samples)
        step = Step(0, (np.arange(size, dtype=np.int64),))
        batches = self.tools.batches.placing(self.tools.batches.read_step(step))
        for _ in range(WARM_UP):
            self._step(step, batches)
        times: list[float] = []
        while len(times) < steps and sum(times) < SECONDS:
            began = time.perf_counter()
            self._step(step, batches)
            times.append(time.perf_counter() - began)
        return statistics.median(times) if times else 0.0

    def _step(self, step: Step, batches: Placings) -> None:
        stepper = self.tools.stepper
        stepper.update(step, stepper.measure_alone(step, batches), False)
        if stepper.device.type == "cuda":
            torch.cuda.synchronize(stepper.device)
        elif stepper.device.type == "mps":
            torch.mps.synchronize()
