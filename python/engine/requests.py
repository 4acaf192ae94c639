"""The requests that are understood; any other, and one that lacks something, is against the protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .frames import Frame
from .problems import ProtocolProblem
from .settings import Settings, read_settings
from .shapes import Shape

Positions = npt.NDArray[np.int64]

MOST_STEPS = 65536
CONTROLS = 3


@dataclass(frozen=True)
class Step:
    """One update: `index` counts from 0 over the run and names the random streams."""

    index: int
    micro_batches: tuple[Positions, ...]
    learning_rate: float = 0.0
    clip_norm: float = 0.0
    update_index: int = 1

    @property
    def samples(self) -> int:
        return sum(len(each) for each in self.micro_batches)


@dataclass(frozen=True)
class Hello:
    device: str


@dataclass(frozen=True)
class Open:
    settings: Settings


@dataclass(frozen=True)
class Submit:
    steps: tuple[Step, ...]
    telemetry: bool
    ratio_every: int
    behind: int | None


@dataclass(frozen=True)
class Evaluate:
    part: str
    full: bool
    chunk: int
    predictions_to: str | None
    positions: Positions


@dataclass(frozen=True)
class Peek:
    paths: tuple[str, ...]
    part: str
    mode: str
    to: str
    positions: Positions


@dataclass(frozen=True)
class Diagnose:
    step: Step


@dataclass(frozen=True)
class Gradients:
    step: Step
    to: str


@dataclass(frozen=True)
class Save:
    to: str


@dataclass(frozen=True)
class Load:
    source: str


@dataclass(frozen=True)
class Memory:
    pass


@dataclass(frozen=True)
class Close:
    pass


Body = Hello | Open | Submit | Evaluate | Peek | Diagnose | Gradients | Save | Load | Memory | Close


@dataclass(frozen=True)
class Request:
    id: int
    body: Body


def is_abort(frame: Frame) -> bool:
    return frame.header.get("request") == "abort"


def read_request(frame: Frame) -> Request:
    shape = Shape(frame.header, "a request")
    kind = shape.text("request")
    read = READERS.get(kind)
    if read is None:
        raise ProtocolProblem(f"{kind!r} is not a request")
    return Request(shape.whole("id"), read(Shape(frame.header, f"the request {kind}"), frame.payload))


def _submit(shape: Shape, payload: bytes) -> Submit:
    given = shape.shapes("steps")
    if not 0 < len(given) <= MOST_STEPS:
        raise ProtocolProblem(f"a submission has {len(given)} steps; it may have 1 to {MOST_STEPS}")
    behind = shape.whole_or_none("behind")
    return Submit(_steps(given, payload), shape.flag("telemetry"), shape.whole("ratioEvery"), behind)


def _one_step(shape: Shape, payload: bytes) -> Step:
    return _steps([shape.shape("step")], payload)[0]


def _steps(given: list[Shape], payload: bytes) -> tuple[Step, ...]:
    sizes = [each.wholes("sizes") for each in given]
    counts = [sum(each) for each in sizes]
    if any(not each or 0 in each for each in sizes):
        raise ProtocolProblem("a step has no samples")
    expected = 4 * (sum(counts) + CONTROLS * len(given))
    if len(payload) != expected:
        raise ProtocolProblem(f"a payload has {len(payload)} bytes; its steps need {expected}")
    positions = _positions(payload[: 4 * sum(counts)])
    controls = np.frombuffer(payload, dtype="<f4", offset=4 * sum(counts)).reshape(-1, CONTROLS)
    at = 0
    steps: list[Step] = []
    for shape, own, (rate, clip, update) in zip(given, sizes, controls, strict=True):
        if not (np.isfinite(update) and update >= 1):
            raise ProtocolProblem("the index of an update is not a number from 1")
        batches: list[Positions] = []
        for size in own:
            batches.append(positions[at : at + size])
            at += size
        steps.append(Step(shape.whole("index"), tuple(batches), float(rate), float(clip), int(update)))
    return tuple(steps)


def _positions(payload: bytes) -> Positions:
    if len(payload) % 4 != 0:
        raise ProtocolProblem(f"{len(payload)} bytes are no whole number of positions")
    return np.frombuffer(payload, dtype="<u4").astype(np.int64)


def _evaluate(shape: Shape, payload: bytes) -> Evaluate:
    to = shape.text_or_none("predictionsTo")
    return Evaluate(shape.text("part"), shape.flag("full"), shape.whole("chunk", 1), to, _positions(payload))


def _peek(shape: Shape, payload: bytes) -> Peek:
    mode = shape.choice("mode", ("train", "evaluate"))
    return Peek(tuple(shape.texts("paths")), shape.text("part"), str(mode), shape.text("to"), _positions(payload))


def _hello(shape: Shape, _payload: bytes) -> Hello:
    return Hello(shape.text_or_none("device") or "auto")


READERS: dict[str, Callable[[Shape, bytes], Any]] = {
    "hello": _hello,
    "open": lambda shape, _: Open(read_settings(shape)),
    "submit": _submit,
    "evaluate": _evaluate,
    "peek": _peek,
    "diagnose": lambda shape, payload: Diagnose(_one_step(shape, payload)),
    "gradients": lambda shape, payload: Gradients(_one_step(shape, payload), shape.text("to")),
    "save": lambda shape, _: Save(shape.text("to")),
    "load": lambda shape, _: Load(shape.text("from")),
    "memory": lambda _shape, _payload: Memory(),
    "close": lambda _shape, _payload: Close(),
}
