"""Operations on many tensors at once, a few launches for all of them; PyTorch's own optimizers are made of these."""

from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import Tensor

# They have no public names.
_library: Any = torch


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
