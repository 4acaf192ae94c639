"""One update of the weights: forward and backward over its micro-batches, norms, clipping, the optimizer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from .batches import Batch
from .found import FoundNumbers, FoundTensors
from .generated import Generated, Tensors, as_tuple
from .memory import is_out_of_memory
from .norms import Norms
from .precision import Precision
from .ranks import Ranks
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
        self.call: Callable[..., object] = state.model
        """The module, or what was compiled of it."""

    def outputs(self, inputs: Tensors) -> Tensors:
        with self.precision.within():
            outputs = as_tuple(self.call(*inputs))
        return tuple(each.float() for each in outputs)

    def gradients(self, step: Step, batches: Sequence[Batch]) -> Tensor:
        """Leaves the gradients of the mean loss over all samples at the parameters; tells losses and metrics."""
        sums, trouble = None, None
        try:
            sums = self._own_gradients(step, batches)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            trouble = error
        return self._ranks.join(sums, self._columns(), self._state.trainable, trouble)

    def gradients_alone(self, step: Step, batches: Sequence[Batch]) -> Tensor:
        """The same of all samples in this process alone."""
        sums = self._own_gradients(step, batches)
        return Ranks().join(sums, self._columns(), self._state.trainable, None)

    def _own_gradients(self, step: Step, batches: Sequence[Batch]) -> Tensor | None:
        model = self._state.model
        if not model.training:
            model.train()
        self._state.drop_gradients()
        sums: Tensor | None = None
        for micro_batch, batch in enumerate(batches):
            if batch.samples == 0:
                # The share of this process is empty.
                continue
            draw_from(self.device, self._seed, step.index, micro_batch, self._ranks.rank)
            share = batch.samples / step.samples
            outputs = self.outputs(batch.inputs)
            heads = self._generated.head_losses(outputs, batch.targets)
            loss = self.weighted(heads)
            factor = share * self.precision.scale
            if loss.requires_grad:
                torch.autograd.backward([loss if factor == 1 else loss * factor])
            with torch.no_grad():
                metrics = self._generated.head_metrics(outputs, batch.targets, False)
                row = torch.stack([each.detach().float().reshape(()) for each in (loss, *heads, *metrics)])
                part = row if share == 1 else row * share
                sums = part if sums is None else sums + part
        if self.precision.scale != 1:
            own = [each.grad for each in self._state.trainable if each.grad is not None]
            multiply_all(own, 1 / self.precision.scale)
        return sums

    def measure(self, step: Step, batches: Sequence[Batch], telemetry: bool) -> FoundTensors:
        """What can be found before the update."""
        losses = self.gradients(step, batches)
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
