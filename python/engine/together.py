"""Operations on many tensors at once, a few launches for all of them; PyTorch's own optimizers are made of these."""

from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import Tensor

# They have no public names.
_library: Any = torch

FEW_NUMBERS = 4_000_000


def update_together(optimizer: torch.optim.Optimizer, parameters: Sequence[Tensor]) -> None:
    """On a card PyTorch does so by itself. On a processor Adam gains a fifth, bit for bit; others gain nothing.

    What is only passed through then lies there for all parameters at once, so large networks, which gain least, do not.
    """
    few = sum(each.numel() for each in parameters) <= FEW_NUMBERS
    if few and isinstance(optimizer, torch.optim.Adam | torch.optim.AdamW) and optimizer.param_groups:
        for group in optimizer.param_groups:
            if all(each.device.type == "cpu" for each in group["params"]):
                group["foreach"] = True


def copy_all(into: Sequence[Tensor], values: Sequence[Tensor]) -> None:
    if into:
        with torch.no_grad():
            _library._foreach_copy_(list(into), list(values))


def multiply_all(values: Sequence[Tensor], factor: Tensor | float) -> None:
    if values:
        _library._foreach_mul_(list(values), factor)


def norms_of(values: Sequence[Tensor]) -> list[Tensor]:
    return list(_library._foreach_norm(list(values), 2)) if values else []


def differences(after: Sequence[Tensor], before: Sequence[Tensor]) -> list[Tensor]:
    return cast(list[Tensor], _library._foreach_sub(list(after), list(before))) if after else []
