"""When rows of the data are read: ahead, by a thread of its own, or in the moment in which they are needed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

import torch

from .fields import Data

Value = TypeVar("Value")

MOST_BYTES_AT_HAND = 1 << 30
"""Data up to this size lie in memory after their first reading, so nobody waits for a disk."""


class WhenNeeded(Generic[Value]):
    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read

    def result(self) -> Value:
        return self._read()


Awaited = Future[Value] | WhenNeeded[Value]


class Reading:
    """Where a processor computes, a second thread makes the first one wait for the interpreter, at every step."""

    def __init__(self, data: Data, device: torch.device) -> None:
        ahead = device.type != "cpu" or data.bytes() > MOST_BYTES_AT_HAND
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="data") if ahead else None

    def later(self, read: Callable[[], Value]) -> Awaited[Value]:
        return WhenNeeded(read) if self._thread is None else self._thread.submit(read)
