"""The processes that train together: alone there is one, and nothing is exchanged."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from .requests import Positions


class Ranks:
    rank = 0
    local_rank = 0
    count = 1

    def attach(self, device: torch.device) -> None:
        """From now on gradients are exchanged between devices of this kind."""

    def tell(self, action: Any) -> None:
        """Hands what the first process does to the others, which do it too."""

    def agree_on(self, flag: bool) -> bool:
        """What the first process says."""
        return flag

    def share(self, positions: Positions) -> Positions:
        """The samples of a batch that are this process's."""
        return positions

    def join(
        self,
        sums: Tensor | None,
        columns: int,
        parameters: Sequence[nn.Parameter],
        trouble: BaseException | None,
    ) -> Tensor:
        """Adds up what every process found over its share: losses and metrics here, gradients in place."""
        if trouble is not None:
            raise trouble
        if sums is None:
            raise ValueError("a step without samples")
        return sums

    def add_up(self, sums: Tensor | None) -> Tensor | None:
        """What every process summed over its samples, all together."""
        return sums

    def settle(self, buffers: Sequence[Tensor]) -> None:
        """Gives all processes the statistics of the first."""
