"""Random numbers by name: a step that is done again, or after a resume, draws what it drew."""

import torch

MASK = (1 << 64) - 1


def draw_from(device: torch.device, seed: int, step: int, micro_batch: int, rank: int = 0) -> None:
    """The generators begin anew, at a place that only these numbers decide."""
    mixed = 0
    for part in (seed, step, micro_batch, rank):
        mixed = _mix((mixed ^ part) & MASK)
    start = mixed >> 1
    # One by one: `torch.manual_seed` also looks for kinds of devices that are not used, which takes its time.
    torch.default_generator.manual_seed(start)
    if device.type == "cuda":
        torch.cuda.default_generators[device.index or 0].manual_seed(start)
    elif device.type == "mps":
        torch.mps.manual_seed(start)


def _mix(value: int) -> int:
    """The finalizer of SplitMix64."""
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)
