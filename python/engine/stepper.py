"""One update of the weights: forward and backward over its micro-batches, norms, clipping, the optimizer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from .batches import Batch, Placing, Placings
from .found import FoundNumbers, FoundTensors
from .generated import Generated, Tensors, as_tuple
from .norms import Norms
from .precision import Precision
from .ranks import Call, Ranks
from .read_back import Numbers
from .requests import Step
from .settings import Head
from .state import State
from .streams import draw_from
from .together import multiply_all

CLIP_MARGIN = 1e-6
"""As `torch.nn.utils.clip_grad_norm_` has it."""


class Stepper:
    def __init__(
        self,
        generated: Generated,
        state: State,
        heads: Sequence[Head],
        norms: Norms,
        precision: Precision,
        seed: int,
        device: torch.device,
        ranks: Ranks,
    ) -> None:
        self._generated = generated
        self._state = state
        self._heads = heads
        self._norms = norms
        self._seed = seed
        self.device = device
        self._ranks = ranks
        self.precision = precision
        self.call: Call = state.model
        """The module, or what was compiled of it."""
        self.replica: Call | None = None
        """What trains in its place where several processes exchange gradients."""

    def outputs(self, inputs: Tensors) -> Tensors:
        return self._outputs(self.call, inputs)

    def _outputs(self, call: Call, inputs: Tensors) -> Tensors:
        with self.precision.within():
            outputs = as_tuple(call(*inputs))
        return tuple(each.float() for each in outputs)

    def gradients(self, step: Step, batches: Placings) -> Tensor:
        """Leaves the gradients of the mean loss over all samples at the parameters; tells losses and metrics."""
        return self._ranks.add_rows(self._own_gradients(step, batches, self._ranks, self.replica or self.call))

    def gradients_alone(self, step: Step, batches: Placings) -> Tensor:
        """The same of these batches alone, whatever other processes do."""
        with self._ranks.apart():
            return self._own_gradients(step, batches, Ranks(), self.call)

    def _own_gradients(self, step: Step, batches: Placings, ranks: Ranks, call: Call) -> Tensor:
        model = self._state.model
        if not model.training:
            model.train()
        self._state.drop_gradients()
        sums: Tensor | None = None
        for micro_batch, place in enumerate(batches):
            draw_from(self.device, self._seed, step.index, micro_batch, self._ranks.rank)
            with ranks.exchanging(micro_batch == len(batches) - 1):
                part = self._pass(step, place, ranks, call)
            sums = part if sums is None else sums + part
        if sums is None:
            raise ValueError("a step without samples")
        if self.precision.scale != 1:
            own = [each.grad for each in self._state.trainable if each.grad is not None]
            multiply_all(own, 1 / self.precision.scale)
        return sums

    def _pass(self, step: Step, place: Placing, ranks: Ranks, call: Call) -> Tensor:
        """Forward and backward over one micro-batch: its part of losses and metrics."""
        batch, outputs, heads = ranks.forward(lambda: self._judged(place(), call))
        share = batch.samples / step.samples
        loss = self.weighted(heads)
        factor = share * self.precision.scale * ranks.averaged_over
        if loss.requires_grad:
            ranks.or_part(lambda: torch.autograd.backward([loss if factor == 1 else loss * factor]))
        with torch.no_grad():
            metrics = self._generated.head_metrics(outputs, batch.targets, False)
            row = torch.stack([each.detach().float().reshape(()) for each in (loss, *heads, *metrics)])
            return row if share == 1 else row * share

    def _judged(self, batch: Batch, call: Call) -> tuple[Batch, Tensors, Tensors]:
        outputs = self._outputs(call, batch.inputs)
        return batch, outputs, self._generated.head_losses(outputs, batch.targets)

    def measure(self, step: Step, batches: Placings, telemetry: bool) -> FoundTensors:
        """What can be found before the update."""
        return self._found(self.gradients(step, batches), step, telemetry)

    def measure_alone(self, step: Step, batches: Placings) -> FoundTensors:
        """The same, with norms, of these batches alone."""
        return self._found(self.gradients_alone(step, batches), step, True)

    def _found(self, losses: Tensor, step: Step, telemetry: bool) -> FoundTensors:
        norms = None
        if telemetry or step.clip_norm > 0:
            norms = self._norms.of([each.grad for each in self._state.trainable])
        return FoundTensors(losses, self._state.health(), norms)

    def update(self, step: Step, found: FoundTensors, ratios: bool) -> FoundTensors:
        """Changes the weights; where ratios are asked for, by how much is found too."""
        parameters = self._state.trainable
        if step.clip_norm > 0 and found.norms is not None:
            norm = self._norms.joined(found.norms)
            factor = torch.clamp(step.clip_norm / (norm + CLIP_MARGIN), max=1.0).float()
            multiply_all([each.grad for each in parameters if each.grad is not None], factor)
        optimizer = self._state.optimizer
        for group in optimizer.param_groups:
            group["lr"] = step.learning_rate
        before = [each.detach().clone() for each in parameters] if ratios else []
        self._state.count_to(step.update_index)
        optimizer.step()
        if not ratios:
            return found
        return replace(found, change=self._norms.of_change(before, [each.detach() for each in parameters]))

    def told(self, steps: Sequence[FoundNumbers], telemetry: bool) -> Numbers:
        """A row a step: losses and metrics, the norm of the gradient, its norms by group, the update ratios by group."""
        columns, groups = self._columns(), self._norms.groups
        rows = np.full((len(steps), columns + 1 + 2 * groups), np.nan)
        for row, step in zip(rows, steps, strict=True):
            row[:columns] = step.losses
            if step.change is not None:
                row[columns + 1 + groups :] = self._norms.ratios(step.change)
        norms = [each.norms for each in steps if each.norms is not None]
        if telemetry and norms:
            rows[:, columns : columns + 1 + groups] = self._norms.by_group(np.stack(norms))
        return rows

    def weighted(self, heads: Sequence[Tensor]) -> Tensor:
        terms = [
            loss if head.weight == 1 else loss * head.weight for head, loss in zip(self._heads, heads, strict=True)
        ]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    def _columns(self) -> int:
        metrics = sum(not each for head in self._heads for each in head.evaluation_only)
        return 1 + len(self._heads) + metrics
