"""What a job asks of each exported folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Export:
    """One exported folder and what to do with it."""

    folder: Path
    ours: Path
    """Samples, weights and gradients, in the layouts and by the names of the target."""
    theirs: Path
    """Where to write."""
    maker: str
    weights: str
    """The file of weights in the folder; empty where the model holds them."""
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    batch_size: int
    steps: int
    """Steps of the optimizer; 0 compares outputs alone."""
    learning_rate: float
    clip_norm: float
    """0: no clipping."""
    fresh_models: int
    """How many new models are made to measure the spread of first values."""
    slots: dict[str, str]
    """Our names of optimizer state by the library's."""
    constants: tuple[str, ...]
    """Tensors of the model that have no twin."""


@dataclass(frozen=True)
class Job:
    target: str
    report: Path
    exports: tuple[Export, ...]


def read_job(path: Path) -> Job:
    job: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    exports = tuple(_export(each) for each in job["exports"])
    return Job(job["target"], Path(job["report"]), exports)


def _export(given: dict[str, Any]) -> Export:
    return Export(
        folder=Path(given["folder"]),
        ours=Path(given["ours"]),
        theirs=Path(given["theirs"]),
        maker=given["maker"],
        weights=given["weights"],
        inputs=tuple(given["inputs"]),
        outputs=tuple(given["outputs"]),
        batch_size=given["batchSize"],
        steps=given["steps"],
        learning_rate=given["learningRate"],
        clip_norm=given["clipNorm"],
        fresh_models=given["freshModels"],
        slots=dict(given["slots"]),
        constants=tuple(given["constants"]),
    )
