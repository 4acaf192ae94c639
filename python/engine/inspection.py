"""A look inside: what chosen nodes give, and which node is the first to give a number that is not finite."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .batches import Batch, Batches, Placings
from .checkpoints import write_tensors
from .generated import Generated, Tensors
from .problems import EngineProblem, NodeProblem
from .requests import Peek, Step
from .state import State
from .stepper import Stepper
from .streams import draw_from
from .tracing import Enough, Traced, Visit


class Searching:
    """The first node in the order of the program whose value is not finite, and how much of it."""

    def __init__(self) -> None:
        self.found: tuple[str, int] | None = None

    def visit(self, path: str, value: Tensor) -> None:
        """What comes after is computed all the same: the loss is told too."""
        bad = count_bad(value) if self.found is None else 0
        if bad > 0:
            self.found = (path, bad)


@dataclass(frozen=True)
class Parts:
    """What inspection works with."""

    folder: Path
    generated: Generated
    state: State
    stepper: Stepper
    batches: Batches
    seed: int


class Inspection:
    """Works on a copy of the module, so that nothing of what it does stays."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._traced: Traced | None = None

    def peek(self, request: Peek) -> None:
        """Random layers in training mode draw as in the first micro-batch of step 0."""
        read = self._parts.batches.read(request.part, request.positions, targets=False)
        batch = self._parts.batches.place(read)
        wanted = set(request.paths)
        found: dict[str, Tensor] = {}

        def keep(path: str, value: Tensor) -> None:
            if path in wanted:
                found[path] = value.detach()
                if len(found) == len(wanted):
                    raise Enough

        with torch.no_grad(), contextlib.suppress(Enough):
            self._run(self._trace(request.mode == "train"), keep, batch, 0, 0)
        missing = [path for path in request.paths if path not in found]
        if missing:
            raise EngineProblem("bad-request", f"The module has no node {missing[0]}, so its outputs cannot be shown.")
        write_tensors(Path(request.to), {path: found[path].float() for path in request.paths})

    def diagnose(self, step: Step) -> dict[str, Any]:
        """Does the step again and changes nothing."""
        parts = self._parts
        batches = parts.batches.placing(parts.batches.read_whole(step))
        loss, found = self._search(step, batches)
        told: dict[str, Any] = {"loss": loss, "path": None, "elements": 0, "gradients": {}, "statistics": {}}
        if found is not None:
            return {**told, "path": found[0], "elements": found[1]}
        state = parts.state
        state.keep_buffers()
        try:
            parts.stepper.gradients_alone(step, batches)
            names = state.model.named_parameters()
            told["gradients"] = _bad({name: each.grad for name, each in names if each.grad is not None})
            told["statistics"] = _bad(dict(state.model.named_buffers()))
        finally:
            state.drop_gradients()
            state.put_back_buffers()
        return told

    def name_failure(self, step: Step) -> None:
        """Does the forward pass of a step that failed again; where a node fails in it too, raises what names that node."""
        try:
            self._search(step, self._parts.batches.placing(self._parts.batches.read_whole(step)))
        except NodeProblem:
            raise
        except Exception:  # noqa: BLE001 - what failed the step is told in its own words.
            return

    def _search(self, step: Step, batches: Placings) -> tuple[float | None, tuple[str, int] | None]:
        """The loss of the step, and the first node or loss that is not finite."""
        generated = self._parts.generated
        search = Searching()
        total = 0.0
        for micro_batch, place in enumerate(batches):
            batch = place()
            with torch.no_grad():
                outputs = self._run(self._trace(True), search.visit, batch, step.index, micro_batch)
                losses = generated.head_losses(tuple(each.float() for each in outputs), batch.targets)
                total += float(self._parts.stepper.weighted(losses)) * batch.samples / step.samples
            for path, loss in zip(generated.HEADS, losses, strict=True):
                search.visit(path, loss)
        return (total if torch.tensor(total).isfinite() else None), search.found

    def _run(self, traced: Traced, visit: Visit, batch: Batch, step: int, micro_batch: int) -> Tensors:
        stepper = self._parts.stepper
        draw_from(stepper.device, self._parts.seed, step, micro_batch)
        with stepper.precision.within():
            return traced.run(batch.inputs, visit)

    def _trace(self, training: bool) -> Traced:
        parts = self._parts
        if self._traced is None:
            self._traced = Traced(parts.generated, parts.stepper.device)
        self._traced.take(parts.state.model, training)
        return self._traced


def count_bad(value: Tensor) -> int:
    return int((~torch.isfinite(value)).sum())


def _bad(tensors: dict[str, Tensor]) -> dict[str, int]:
    counts = {name: count_bad(value) for name, value in tensors.items()}
    return {name: count for name, count in counts.items() if count > 0}
