"""All that a step changes: parameters, statistics and what the optimizer keeps; kept aside and put back as a whole."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from .together import copy_all, update_in_one_pass

COUNTER = "step"
"""Under this name optimizers count their updates; the count comes with every step."""


class State:
    def __init__(self, model: nn.Module, make_optimizer: Callable[[nn.Module], torch.optim.Optimizer]) -> None:
        self.model = model
        self.trainable = [each for each in model.parameters() if each.requires_grad]
        self.optimizer = make_optimizer(model) if self.trainable else _idle_optimizer()
        self._buffers = [each for each in model.buffers() if each is not None]
        self._statistics = [each.view(-1) for each in self._buffers if each.is_floating_point()]
        update_in_one_pass(self.optimizer)
        _make_slots(self.optimizer, self.trainable)
        self._updates: int | None = None
        self._aside: dict[int, list[Tensor]] = {}
        self._buffers_aside: list[Tensor] | None = None
        self.is_spoilt = False
        """True where nobody knows which updates the weights have seen, until a checkpoint is loaded."""

    def tensors(self) -> list[Tensor]:
        kept = [
            value
            for own in self.optimizer.state.values()
            for name, value in own.items()
            if isinstance(value, Tensor) and name != COUNTER
        ]
        return [*(each.detach() for each in self.trainable), *self._buffers, *kept]

    def keep(self, place: int) -> None:
        """Copies everything to a place, of which there may be several; on a card nothing waits for it."""
        now = self.tensors()
        aside = self._aside.get(place)
        if aside is None:
            self._aside[place] = [each.clone() for each in now]
        else:
            copy_all(aside, now)

    def put_back(self, place: int) -> None:
        copy_all(self.tensors(), self._aside[place])
        self.forget_count()

    def is_kept(self, place: int) -> bool:
        return place in self._aside

    def free_copies(self) -> None:
        """Memory of the copies; the next `keep` takes it anew."""
        self._aside.clear()
        self._buffers_aside = None

    def drop_gradients(self) -> None:
        """What `zero_grad` of an optimizer does, with less around it."""
        for each in self.trainable:
            each.grad = None

    def keep_buffers(self) -> None:
        """What a forward pass alone changes."""
        if self._buffers_aside is None:
            self._buffers_aside = [each.clone() for each in self._buffers]
        else:
            copy_all(self._buffers_aside, self._buffers)

    def put_back_buffers(self) -> None:
        if self._buffers_aside:
            copy_all(self._buffers, self._buffers_aside)

    def has_images(self) -> bool:
        """Whether weights have the four axes of a convolution."""
        return any(each.dim() == 4 for each in self.trainable)

    def set_format(self, memory_format: torch.memory_format) -> None:
        """The order in which images and the weights of convolutions lie in memory; what the optimizer keeps follows."""
        self.model.to(memory_format=memory_format)
        for own in self.optimizer.state.values():
            for name, value in own.items():
                if isinstance(value, Tensor) and value.dim() == 4:
                    own[name] = value.contiguous(memory_format=memory_format)

    def health(self) -> Tensor | None:
        """A number that is finite as long as all statistics are; None where there are none."""
        if not self._statistics:
            return None
        return torch.cat(self._statistics).sum()

    def count_to(self, update_index: int) -> None:
        """The next update is number `update_index`, from 1."""
        if self._updates != update_index - 1:
            for own in self.optimizer.state.values():
                counter = own.get(COUNTER)
                if isinstance(counter, Tensor):
                    counter.fill_(update_index - 1)
                elif counter is not None:
                    own[COUNTER] = update_index - 1
        self._updates = update_index

    def spoil(self, really: bool) -> None:
        self.is_spoilt = self.is_spoilt or really

    def forget_count(self) -> None:
        self._updates = None


def _idle_optimizer() -> torch.optim.Optimizer:
    """For a module in which nothing learns: optimizers insist on something to change."""
    return torch.optim.SGD([nn.Parameter(torch.zeros(()))], lr=0.0)


def _make_slots(optimizer: torch.optim.Optimizer, trainable: Sequence[nn.Parameter]) -> None:
    """Optimizers make theirs at the first step: one with gradients of zero at a rate of zero makes them, all zero."""
    before = [each.detach().clone() for each in trainable]
    rates = [group["lr"] for group in optimizer.param_groups]
    for each in trainable:
        each.grad = torch.zeros_like(each)
    for group in optimizer.param_groups:
        group["lr"] = 0.0
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    copy_all([each.detach() for each in trainable], before)
    with torch.no_grad():
        for own in optimizer.state.values():
            for value in own.values():
                if isinstance(value, Tensor):
                    value.zero_()
