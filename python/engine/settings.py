"""What an open session is told once: where its files are, on what it runs, and what it reports."""

from dataclasses import dataclass, replace
from pathlib import Path

from .shapes import Shape


@dataclass(frozen=True)
class Head:
    weight: float
    evaluation_only: tuple[bool, ...]
    """Of each of its metrics, whether it is left out while training."""


@dataclass(frozen=True)
class Options:
    deterministic: bool
    precision: str
    """float32, bfloat16, float16 or auto."""
    channels_last: bool | None
    """None: whichever a short probe finds faster; so too for `compile`."""
    compile: bool | None
    threads: int | None
    undo: str
    """How a bad step is undone: snapshot, look, or auto."""


@dataclass(frozen=True)
class Settings:
    folder: Path
    data_file: Path
    start: Path | None
    device: str
    options: Options
    seed: int
    batch_size: int
    slots: tuple[str, ...]
    """Names of what the optimizer keeps of each parameter."""
    groups: tuple[tuple[str, ...], ...]
    heads: tuple[Head, ...]

    def settled(self) -> "Settings":
        """Nothing is left to a measurement where a run must be the same again: another day it may choose otherwise."""
        options = self.options
        if not options.deterministic:
            return self
        precision = "float32" if options.precision == "auto" else options.precision
        settled = replace(
            options,
            precision=precision,
            channels_last=options.channels_last is True,
            compile=options.compile is True,
        )
        return replace(self, options=settled)


def read_settings(shape: Shape) -> Settings:
    start = shape.text_or_none("start")
    return Settings(
        folder=Path(shape.text("folder")),
        data_file=Path(shape.text("dataFile")),
        start=None if start is None else Path(start),
        device=shape.text("device"),
        options=_options(shape.shape("options")),
        seed=shape.whole("seed"),
        batch_size=shape.whole_or_none("batchSize", 1) or 32,
        slots=tuple(shape.texts("optimizerSlots")),
        groups=tuple(tuple(names) for names in shape.lists_of_texts("groups")),
        heads=tuple(_head(each) for each in shape.shapes("heads")),
    )


def _head(shape: Shape) -> Head:
    return Head(shape.number("weight"), tuple(each.flag("evaluationOnly") for each in shape.shapes("metrics")))


def _options(shape: Shape) -> Options:
    return Options(
        deterministic=shape.flag("deterministic"),
        precision=str(shape.choice("precision", ("float32", "bfloat16", "float16", "auto"))),
        channels_last=_flag_or_auto(shape, "channelsLast"),
        compile=_flag_or_auto(shape, "compile"),
        threads=shape.whole_or_none("threads", 1),
        undo=str(shape.choice("undo", ("auto", "snapshot", "look"))) if shape.has("undo") else "auto",
    )


def _flag_or_auto(shape: Shape, name: str) -> bool | None:
    value = shape.choice(name, (True, False, "auto"))
    return None if value == "auto" else bool(value)
