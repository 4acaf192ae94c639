"""L2 norms by weight group, computed where the numbers are: nothing waits for them."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from .together import differences, norms_of


class Norms:
    def __init__(
        self, parameters: Sequence[nn.Parameter], groups: Sequence[Sequence[nn.Parameter]], device: torch.device
    ) -> None:
        self._device = device
        self._type = torch.float32 if device.type == "mps" else torch.float64
        self.groups = len(groups)
        position = {parameter: at for at, group in enumerate(groups) for parameter in group}
        # One more group for what no group names: it counts in the norm of all.
        self._positions = [position.get(each, self.groups) for each in parameters]
        self._all = torch.tensor(self._positions, dtype=torch.int64, device=device)
        self._some: dict[tuple[int, ...], Tensor] = {}
        """Where only some have a gradient."""

    def squares(self, tensors: Sequence[Tensor | None]) -> Tensor:
        """Sums of squares of each group and, last, of all; what is None counts as zero."""
        given = [each for each in tensors if each is not None]
        if not given:
            return torch.zeros(self.groups + 1, dtype=self._type, device=self._device)
        norms = torch.stack(norms_of(given)).to(self._type)
        squares = norms * norms
        by_group = squares.new_zeros(self.groups + 1).index_add_(0, self._positions_of(tensors, len(given)), squares)
        return torch.cat([by_group[: self.groups], squares.sum().reshape(1)])

    def ratios(self, before: Sequence[Tensor], after: Sequence[Tensor]) -> Tensor:
        """||after - before|| / ||before|| of every group; 0 where nothing moved, also from a norm of zero."""
        if not before:
            return torch.zeros(self.groups, dtype=self._type, device=self._device)
        moved = self.squares(differences(after, before))[: self.groups]
        size = self.squares(list(before))[: self.groups]
        return torch.where(moved == 0, torch.zeros_like(moved), torch.sqrt(moved / size))

    def _positions_of(self, tensors: Sequence[Tensor | None], given: int) -> Tensor:
        if given == len(self._positions):
            return self._all
        present = tuple(at for each, at in zip(tensors, self._positions, strict=True) if each is not None)
        known = self._some.get(present)
        if known is None:
            known = self._some[present] = torch.tensor(present, device=self._device)
        return known
