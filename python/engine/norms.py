"""L2 norms of every parameter, computed where they are; by weight group they are joined on the host, from what came back."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from .read_back import Numbers
from .together import norms_of, subtract_all


class Norms:
    def __init__(
        self, parameters: Sequence[nn.Parameter], groups: Sequence[Sequence[nn.Parameter]], device: torch.device
    ) -> None:
        self._wide = torch.float32 if device.type == "mps" else torch.float64
        self._nothing = torch.zeros((), device=device)
        self.groups = len(groups)
        position = {parameter: at for at, group in enumerate(groups) for parameter in group}
        # One more group for what no group names: it counts in the norm of all.
        self._positions = np.array([position.get(each, self.groups) for each in parameters], np.intp)

    def of(self, tensors: Sequence[Tensor | None]) -> Tensor:
        """[parameters], of tensors in their order; what is None counts as zero."""
        found = iter(norms_of([each for each in tensors if each is not None]))
        norms = [self._nothing if each is None else next(found) for each in tensors]
        return torch.stack(norms) if norms else self._nothing.new_zeros(0)

    def of_change(self, before: Sequence[Tensor], after: Sequence[Tensor]) -> Tensor:
        """[2, parameters]: of what was added, and of what it was added to; `before` is used up."""
        size = self.of(before)
        subtract_all(before, after)
        return torch.stack([self.of(before), size])

    def joined(self, norms: Tensor) -> Tensor:
        """Of all parameters together, where it was computed."""
        return torch.linalg.vector_norm(norms, dtype=self._wide)

    def by_group(self, norms: Numbers) -> Numbers:
        """[steps, parameters] to [steps, 1 + groups]: of all together, then of each group."""
        squares = norms.T**2
        by_group = np.zeros((self.groups + 1, len(norms)))
        np.add.at(by_group, self._positions, squares)
        joined: Numbers = np.sqrt(np.vstack([squares.sum(axis=0), by_group[: self.groups]])).T
        return joined

    def ratios(self, change: Numbers) -> Numbers:
        """||after - before|| / ||before|| of every group; 0 where nothing moved, also from a norm of zero."""
        moved, before = self.by_group(change)[:, 1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            told: Numbers = np.where(moved == 0, 0.0, moved / before)
        return told
