"""With how many bits a pass computes; losses, gradients and weights are float32 throughout."""

import contextlib
from collections.abc import Iterator

import torch

TYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16}

FIRST_SCALE = 2.0**16
STEPS_UNTIL_GROWTH = 2000


class Precision:
    """float16 has so few exponents that losses are scaled up, as far as gradients stay finite."""

    def __init__(self, name: str, device: torch.device) -> None:
        self.name = name
        self._device = device
        self._type = TYPES.get(name)
        self.scale = FIRST_SCALE if name == "float16" else 1.0
        self._good_steps = 0

    @contextlib.contextmanager
    def within(self) -> Iterator[None]:
        if self._type is None:
            yield
            return
        with torch.autocast(self._device.type, dtype=self._type):
            yield

    def can_lower(self) -> bool:
        return self.scale > 1

    def lower(self) -> None:
        """For a step whose gradient was not finite though its loss was: it is tried again."""
        self.scale = max(1.0, self.scale / 4)
        self._good_steps = 0

    def succeed(self, steps: int) -> None:
        if self.name != "float16":
            return
        self._good_steps += steps
        if self._good_steps >= STEPS_UNTIL_GROWTH and self.scale < FIRST_SCALE:
            self.scale *= 2
            self._good_steps = 0
