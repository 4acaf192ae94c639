"""The one place where numbers come back from a device, and where the host therefore waits for it."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Numbers = npt.NDArray[np.float64]


class ReadBack:
    def __init__(self, device: torch.device) -> None:
        self._device = device
        self.count = 0

    def begin(self, tensors: Sequence[Tensor | None]) -> "Pending":
        """Starts one copy of all of them without waiting for what computes them; what is None stays None."""
        self.count += 1
        if self._device.type == "cpu":
            return Here(tensors)
        together = torch.cat([each.reshape(-1) for each in tensors if each is not None])
        shapes = [None if each is None else each.shape for each in tensors]
        if self._device.type != "cuda":
            return Copied(together, shapes, None)
        host = torch.empty(together.shape, dtype=together.dtype, pin_memory=True)
        host.copy_(together, non_blocking=True)
        make: Any = torch.cuda.Event
        event = make()
        event.record(torch.cuda.current_stream(self._device))
        return Copied(host, shapes, event)

    def read(self, tensors: Sequence[Tensor | None]) -> list[Numbers | None]:
        return self.begin(tensors).wait()


class Pending(Protocol):
    def is_ready(self) -> bool: ...

    def wait(self) -> list[Numbers | None]:
        """In the shapes and in the order in which the tensors were given."""
        ...


class Here:
    """On a CPU nothing is on its way."""

    def __init__(self, tensors: Sequence[Tensor | None]) -> None:
        self._tensors = tensors

    def is_ready(self) -> bool:
        return True

    def wait(self) -> list[Numbers | None]:
        return [None if each is None else each.numpy().astype(np.float64) for each in self._tensors]


class Copied:
    def __init__(self, together: Tensor, shapes: Sequence[torch.Size | None], event: Any) -> None:
        self._together = together
        self._shapes = shapes
        self._event = event

    def is_ready(self) -> bool:
        return self._event is None or bool(self._event.query())

    def wait(self) -> list[Numbers | None]:
        if self._event is not None:
            self._event.synchronize()
        flat: Numbers = self._together.cpu().numpy().astype(np.float64)
        told: list[Numbers | None] = []
        at = 0
        for shape in self._shapes:
            if shape is None:
                told.append(None)
            else:
                told.append(flat[at : at + shape.numel()].reshape(shape))
                at += shape.numel()
        return told
