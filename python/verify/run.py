"""Runs every export of a job: says a line of JSON for each, and writes the report at the end."""

import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .job import Export, Job

Runner = Callable[[Export], None]


def runner_of(target: str) -> tuple[Runner, dict[str, str]]:
    """The function that runs an export, and the versions of the libraries that it uses."""
    if target == "pytorch":
        from . import with_torch

        return with_torch.run, with_torch.versions()
    if target == "keras":
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        from . import with_keras

        return with_keras.run, with_keras.versions()
    from . import with_onnx

    return with_onnx.run, with_onnx.versions()


def describe(error: BaseException, folder: Path) -> dict[str, Any]:
    """The error, and the last place in the exported code that it passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == folder]
    place = f"{Path(own[-1].filename).name}, line {own[-1].lineno}" if own else None
    message = f"{type(error).__name__}: {error}".strip()
    return {"message": message[:2000], "place": place, "trace": traceback.format_exc()[-4000:]}


def run_one(runner: Runner, export: Export) -> dict[str, Any] | None:
    """What went wrong, if anything did. What the code prints is not ours to show."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runner(export)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - exported code may raise anything, SystemExit too.
        return describe(error, export.folder)
    return None


def run(job: Job) -> None:
    runner, versions = runner_of(job.target)
    errors: list[dict[str, Any] | None] = []
    for at, export in enumerate(job.exports):
        error = run_one(runner, export)
        errors.append(error)
        print(json.dumps({"done": at + 1, "of": len(job.exports), "failed": error is not None}), flush=True)
    report = {"versions": {"python": sys.version.split()[0], **versions}, "errors": errors}
    job.report.write_text(json.dumps(report), encoding="utf-8")
