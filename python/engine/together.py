"""Operations on many tensors at once, a few launches for all of them; PyTorch's own optimizers are made of these."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

# They have no public names.
_library: Any = torch


def update_in_one_pass(optimizer: torch.optim.Optimizer) -> None:
    """On a processor, where it takes a third of the time of PyTorch's own choice and no memory; the last bit may differ."""
    for group in optimizer.param_groups:
        on_processor = all(each.device.type == "cpu" for each in group["params"])
        if group["params"] and on_processor and _has_one_pass(type(optimizer)):
            group["fused"] = True


def _has_one_pass(kind: Any) -> bool:
    """Not every optimizer of every version has it for processors, and its constructor says so."""
    try:
        kind([torch.nn.Parameter(torch.zeros(1))], lr=0.0, fused=True)
    except (TypeError, RuntimeError):
        return False
    return True


def copy_all(into: Sequence[Tensor], values: Sequence[Tensor]) -> None:
    if into:
        with torch.no_grad():
            _library._foreach_copy_(list(into), list(values))


def multiply_all(values: Sequence[Tensor], factor: Tensor | float) -> None:
    if values:
        _library._foreach_mul_(list(values), factor)


def subtract_all(values: Sequence[Tensor], others: Sequence[Tensor]) -> None:
    if values:
        _library._foreach_sub_(list(values), list(others))


def norms_of(values: Sequence[Tensor]) -> list[Tensor]:
    return list(_library._foreach_norm(list(values), 2)) if values else []
