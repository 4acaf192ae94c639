"""Memory: what it looks like when it runs out, how large a batch would fit, and how much lives."""

import gc
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

WORDS = ("out of memory", "can't allocate memory", "not enough memory", "cannot allocate memory")


def is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    known = getattr(torch, "OutOfMemoryError", torch.cuda.OutOfMemoryError)
    if isinstance(error, known):
        return True
    return isinstance(error, RuntimeError) and any(word in str(error).lower() for word in WORDS)


def free_unused(device: torch.device) -> None:
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


def largest_batch(attempt: Callable[[int], None], failed: int, device: torch.device) -> int:
    """The largest of the sizes tried that fits: halves until one does, then half-way back; 1 where nothing does."""
    size = failed // 2
    while size >= 1:
        if _fits(attempt, size, device):
            between = size + size // 2
            return between if size < between < failed and _fits(attempt, between, device) else size
        size //= 2
    return 1


def _fits(attempt: Callable[[int], None], size: int, device: torch.device) -> bool:
    try:
        attempt(size)
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        return False
    finally:
        free_unused(device)
    return True


def live_tensors(device: torch.device) -> dict[str, Any]:
    """Tensors that Python reaches and the bytes below them; on a card the bytes that its allocator has given out."""
    gc.unfreeze()
    gc.collect()
    tensors = [each for each in gc.get_objects() if _is_tensor(each)]
    memory = {
        each.untyped_storage().data_ptr(): each.untyped_storage().nbytes() for each in tensors if _has_memory(each)
    }
    given = torch.cuda.memory_allocated(device) if device.type == "cuda" else sum(memory.values())
    found = {"tensors": len(tensors), "bytes": given}
    gc.freeze()
    return found


def leave_alone_what_stays() -> None:
    """Libraries and the open session are no longer searched for garbage, which takes longer than many a step."""
    gc.collect()
    gc.freeze()


def _is_tensor(value: object) -> bool:
    # Asked of the type: some objects import or warn when they are asked themselves.
    return issubclass(type(value), Tensor)


def _has_memory(tensor: Tensor) -> bool:
    try:
        tensor.untyped_storage().data_ptr()
    except (RuntimeError, NotImplementedError):
        return False
    return True
