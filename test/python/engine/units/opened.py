"""Opens the sessions that the test wrote, as often as wanted in one process."""

import json
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np
import torch
from engine.checkpoints import entries
from engine.ranks import Ranks
from engine.requests import Step, Submit
from engine.session import Session, open_session
from engine.settings import read_settings
from engine.shapes import Shape
from engine.work import Done
from torch import Tensor

SESSIONS = Path(os.environ["NETLOOM_SESSIONS"])
GENERATED = ("session", "model", "traced")


def opening(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SESSIONS / f"{name}.json").read_text(encoding="utf-8"))
    return told


def open_again(name: str, **options: Any) -> Session:
    """A session of its own: its modules are imported anew."""
    forget()
    told = opening(name)
    told["options"].update(options)
    return open_session(read_settings(Shape(told, "open")), Ranks())


def forget() -> None:
    for module in GENERATED:
        sys.modules.pop(module, None)
    sys.path[:] = [each for each in sys.path if not each.startswith(str(SESSIONS))]


def steps_of(
    first: int, count: int, sizes: tuple[int, ...] = (8,), clip: float = 0.0, rate: float = 0.01
) -> tuple[Step, ...]:
    """Steps over the samples one after the other."""
    made: list[Step] = []
    for index in range(first, first + count):
        at = index * sum(sizes)
        batches: list[Any] = []
        for size in sizes:
            batches.append(np.arange(at, at + size) % 88)
            at += size
        made.append(Step(index, tuple(batches), rate, clip, index + 1))
    return tuple(made)


def submit(
    session: Session, steps: tuple[Step, ...], telemetry: bool = True, ratio_every: int = 0, **more: Any
) -> Done:
    request = Submit(steps, telemetry, ratio_every, None)
    work = session.submissions.begin(request, session.read_ahead(request), more.get("is_aborted", lambda: False), 0)
    return session.submissions.finish(work)


def state_of(session: Session) -> dict[str, Tensor]:
    return {name: value.clone() for name, value in entries(session.state, session.settings.slots).items()}


class SessionTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(self.folder))

    def same_bits(self, one: dict[str, Tensor], other: dict[str, Tensor]) -> None:
        self.assertEqual(list(one), list(other))
        for name, value in one.items():
            self.assertTrue(torch.equal(value, other[name]), f"{name} differs")
