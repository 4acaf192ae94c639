"""The processes that train together: alone there is one, and nothing is exchanged."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from .requests import Positions

Value = TypeVar("Value")
Call = Callable[..., object]


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

    def fewest(self, count: int) -> int:
        """The smallest number that any process says."""
        return count

    def together(self, act: Callable[[], Value]) -> Value:
        """What each does without the others: where it fails in one, it fails in all, in the words of that one."""
        return act()

    def all_or_none(self, act: Callable[[], Value]) -> Value:
        """The same in the middle of work, where it also says whether memory ran out: then it has run out in all."""
        return act()

    def or_part(self, act: Callable[[], Value]) -> Value:
        """What the processes exchange values in: one that fails leaves the others behind, so all of them end."""
        return act()

    def forward(self, act: Callable[[], Value]) -> Value:
        """A forward pass in training."""
        return act()

    def can_synchronize(self, device: torch.device) -> bool:
        """Whether statistics can be those of all processes."""
        return False

    def synchronized(self, model: nn.Module) -> nn.Module:
        """With statistics over the whole batch where they are of each share."""
        return model

    def replicate(self, call: Call, model: nn.Module, has_idle: bool) -> Call:
        """What exchanges gradients in its backward pass. `has_idle`: some parameters have none."""
        return call

    def exchanging(self, now: bool) -> AbstractContextManager[Any]:
        """Whether the backward pass exchanges gradients, or adds them up until one does."""
        return nullcontext()

    def apart(self) -> AbstractContextManager[Any]:
        """Forward passes that the other processes know nothing of."""
        return nullcontext()

    def share(self, positions: Positions) -> Positions:
        """The samples that are this process's to judge; there may be none."""
        return positions

    def step_share(self, positions: Positions) -> tuple[Positions, float]:
        """The samples of a batch that this process trains with, and for how many they count."""
        return positions, len(positions)

    @property
    def averaged_over(self) -> int:
        """By how many the exchanged gradients are divided."""
        return 1

    def add_rows(self, row: Tensor) -> Tensor:
        """What every process found in its share of a step, where it was computed."""
        return row

    def add_up(self, sums: Tensor | None) -> Tensor | None:
        """What every process summed over its samples, all together."""
        return sums

    def settle(self, model: nn.Module) -> None:
        """Gives all processes the statistics of the first."""
