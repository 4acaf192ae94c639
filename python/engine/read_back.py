"""The one place where numbers come back from a device, and where the host therefore waits for it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Numbers = npt.NDArray[np.float64]


class ReadBack:
    def __init__(self, device: torch.device) -> None:
        self._device = device
        self.count = 0

    def begin(self, rows: Sequence[Tensor]) -> "Pending":
        """Starts the copy of rows of equal length without waiting for what computes them."""
        self.count += 1
        together = torch.stack(list(rows)).double() if self._device.type != "mps" else torch.stack(list(rows))
        if self._device.type != "cuda":
            return Pending(together, None)
        host = torch.empty(together.shape, dtype=together.dtype, pin_memory=True)
        host.copy_(together, non_blocking=True)
        make: Any = torch.cuda.Event
        event = make()
        event.record(torch.cuda.current_stream(self._device))
        return Pending(host, event)

    def read(self, rows: Sequence[Tensor]) -> Numbers:
        return self.begin(rows).wait()


class Pending:
    def __init__(self, values: Tensor, event: Any) -> None:
        self._values = values
        self._event = event

    def is_ready(self) -> bool:
        return self._event is None or bool(self._event.query())

    def wait(self) -> Numbers:
        if self._event is not None:
            self._event.synchronize()
        numbers: Numbers = self._values.cpu().numpy().astype(np.float64)
        return numbers
