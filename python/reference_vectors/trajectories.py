"""python -m reference_vectors.trajectories FILE: ten whole training steps of two sample designs, by PyTorch in float64.

Weights and batches follow formulas that both sides compute, so the file holds results alone. Everything that the layer
and optimizer vectors cannot see is in them: the mean over the batch, what is normalised by what, which gradient reaches
which weight, when statistics move, what Adam remembers. PyTorch's float32 is run beside it and its distance printed.
"""

import argparse
import json
import math
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

STEPS = 10
BATCH = 32
ASSETS = Path(__file__).parents[2] / "assets"


def uniform(count: int, seed: int) -> Iterator[float]:
    """In [0, 1), 24 bits each: the linear congruential generator of Numerical Recipes."""
    state = seed
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        yield (state >> 8) / 2**24


def filled(shape: list[int], seed: int, centre: float, bound: float) -> Tensor:
    """Row-major numbers within `bound` of `centre`, rounded to float32."""
    values = [centre + bound * (2 * value - 1) for value in uniform(math.prod(shape), seed)]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).reshape(shape)


def digits() -> tuple[Tensor, Tensor]:
    """The training part: images [1197, 1, 8, 8] and labels [1197]. `tools/make_digits.py` describes the file."""
    content = (ASSETS / "digits" / "digits.bin").read_bytes()
    samples = struct.unpack_from("<I", content, 12)[0]
    pixels = torch.frombuffer(bytearray(content[16 : 16 + 64 * samples]), dtype=torch.uint8)
    facts = torch.frombuffer(bytearray(content[16 + 64 * samples : 16 + 66 * samples]), dtype=torch.uint8)
    labels, parts = facts[:samples], facts[samples:]
    return pixels.reshape(-1, 1, 8, 8)[parts == 0] / 16, labels[parts == 0].long()


def positions(step: int, samples: int) -> list[int]:
    return [(step * BATCH + at) * 37 % samples for at in range(BATCH)]


def rate(step: int) -> float:
    return 0.002 * (step + 1) / STEPS


class ChannelsLastFlatten(nn.Module):
    """Netloom flattens height, width, channels."""

    def forward(self, images: Tensor) -> Tensor:
        return images.permute(0, 2, 3, 1).flatten(1)


def conv(channels: int, filters: int) -> list[nn.Module]:
    kernel = nn.Conv2d(channels, filters, 3, padding=1, bias=False)
    return [kernel, nn.BatchNorm2d(filters, eps=1e-3, momentum=0.1), nn.ReLU()]


def convolutional() -> nn.Sequential:
    stages = [*conv(1, 32), *conv(32, 32), nn.MaxPool2d(2), *conv(32, 64), nn.MaxPool2d(2)]
    return nn.Sequential(*stages, ChannelsLastFlatten(), nn.Linear(256, 10))


def perceptron() -> nn.Sequential:
    return nn.Sequential(ChannelsLastFlatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))


def weights_of(path: str, module: nn.Module) -> list[tuple[str, Tensor, Callable[[Tensor], Tensor], float, float]]:
    """Name, PyTorch's tensor, ours from theirs, centre and bound of its first values; in the layers' own order."""
    same: Callable[[Tensor], Tensor] = lambda values: values
    if isinstance(module, nn.BatchNorm2d):
        return [(f"{path}/gamma", module.weight, same, 1.0, 0.25), (f"{path}/beta", module.bias, same, 0.0, 0.125)]
    if isinstance(module, nn.Conv2d):
        turned: Callable[[Tensor], Tensor] = lambda values: values.permute(2, 3, 1, 0)
        return [(f"{path}/kernel", module.weight, turned, 0.0, 0.125)]
    if isinstance(module, nn.Linear):
        return [
            (f"{path}/kernel", module.weight, Tensor.t, 0.0, 0.125),
            (f"{path}/bias", module.bias, same, 0.0, 0.0625),
        ]
    return []


def fill(target: Tensor, turn: Callable[[Tensor], Tensor], seed: int, centre: float, bound: float) -> dict[str, Any]:
    """`turn` of a tensor is a view of it: what is written into ours arrives in theirs."""
    with torch.no_grad():
        ours = turn(target)
        ours.copy_(filled(list(ours.shape), seed, centre, bound))
    return {"shape": list(ours.shape), "seed": seed, "centre": centre, "bound": bound}


def moving_statistics(norm: nn.BatchNorm2d, positions_of_batch: int) -> dict[str, list[float]]:
    """PyTorch takes the variance of the sample, Netloom that of the population: the moving values differ by a factor."""
    assert norm.running_mean is not None and norm.running_var is not None
    kept = 0.9**STEPS
    batches = norm.running_var - kept
    variance = kept + batches * (positions_of_batch - 1) / positions_of_batch
    return {"movingMean": norm.running_mean.tolist(), "movingVariance": variance.tolist()}


def trajectory(design: str, paths: list[str], net: nn.Sequential, dtype: torch.dtype) -> dict[str, Any]:
    layers = [module for module in net if list(module.parameters())]
    groups = dict(zip(paths, layers, strict=True))
    start: dict[str, Any] = {}
    for path, module in groups.items():
        for name, tensor, turn, centre, bound in weights_of(path, module):
            start[name] = fill(tensor, turn, len(start) + 1, centre, bound)
    net.to(dtype)
    images, labels = digits()
    optimizer = torch.optim.Adam(net.parameters())
    steps = []
    for step in range(STEPS):
        batch = positions(step, len(labels))
        loss = functional.cross_entropy(net(images[batch].to(dtype)), labels[batch])
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        for settings in optimizer.param_groups:
            settings["lr"] = rate(step)
        steps.append({"loss": loss.item(), "gradientNorms": [norm(gradients(module)) for module in layers]})
        optimizer.step()
    statistics = {
        path: moving_statistics(module, BATCH * (16 if path == "norm3" else 64))
        for path, module in groups.items()
        if isinstance(module, nn.BatchNorm2d)
    }
    weights = {path: norm([weight.detach() for weight in module.parameters()]) for path, module in groups.items()}
    return {
        "design": design,
        "groups": paths,
        "start": start,
        "steps": steps,
        "statistics": statistics,
        "weights": weights,
    }


def gradients(module: nn.Module) -> list[Tensor]:
    return [weight.grad for weight in module.parameters() if weight.grad is not None]


def norm(tensors: list[Tensor]) -> float:
    return math.sqrt(sum(float((tensor.double() ** 2).sum()) for tensor in tensors))


def distance(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The largest relative difference of losses and norms."""
    rows = [[(step["loss"], *step["gradientNorms"]) for step in trajectory["steps"]] for trajectory in (one, other)]
    pairs = [pair for steps in zip(*rows, strict=True) for pair in zip(*steps, strict=True)]
    differences: list[float] = [abs(a - b) / abs(b) for a, b in pairs]
    return max(differences)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="where the trajectories go")
    designs: dict[str, tuple[list[str], Callable[[], nn.Sequential]]] = {
        "digits-mlp": (["hidden", "logits"], perceptron),
        "digits-cnn": (["conv1", "norm1", "conv2", "norm2", "conv3", "norm3", "logits"], convolutional),
    }
    cases = []
    for design, (paths, make) in designs.items():
        exact = trajectory(design, paths, make(), torch.float64)
        single = trajectory(design, paths, make(), torch.float32)
        print(f"{design}: float32 is within {distance(single, exact):.1e} of float64")
        cases.append(exact)
    made_with = f"PyTorch {torch.__version__.split('+')[0]}, float64"
    shared = {"madeWith": made_with, "batch": BATCH, "rates": [rate(step) for step in range(STEPS)]}
    text = ",\n".join(json.dumps(case) for case in cases)
    parser.parse_args().file.write_text(f'{json.dumps(shared)[:-1]}, "cases": [\n{text}\n]}}\n')


if __name__ == "__main__":
    main()
