"""python -m reference_vectors.optimizers FILE: ten steps of every optimizer with given gradients, by PyTorch in float64."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .numbers import chosen, write_cases, written

steps = 10
Make = Callable[[list[Tensor]], torch.optim.Optimizer]


def trajectory(name: str, optimizer: str, params: dict[str, Any], make: Make) -> dict[str, Any]:
    """The weight after each step; the rate falls from step to step, as under a schedule."""
    made = torch.Generator().manual_seed(2)
    start, gradients = chosen(made, 2, 3), chosen(made, steps, 2, 3, scale=0.5)
    # A gradient of zero and a tiny one show where epsilon stands.
    gradients[:, 0, 0] = 0
    gradients[:, 0, 1] *= 1e-6
    rates = [params["learningRate"] * 0.9**step for step in range(steps)]
    weight = start.clone().requires_grad_(True)
    engine = make([weight])
    weights = []
    for gradient, rate in zip(gradients, rates, strict=True):
        for group in engine.param_groups:
            group["lr"] = rate
        weight.grad = gradient.clone()
        engine.step()
        weights.append(weight.detach().reshape(-1).tolist())
    return {
        "name": name,
        "optimizer": optimizer,
        "params": params,
        "start": written(start),
        "gradients": gradients.reshape(steps, -1).tolist(),
        "rates": rates,
        "weights": weights,
    }


def cases() -> list[dict[str, Any]]:
    optim = torch.optim

    def sgd(
        name: str, rate: float, momentum: float = 0.0, nesterov: bool = False, decay: float = 0.0
    ) -> dict[str, Any]:
        params = {"learningRate": rate, "momentum": momentum, "nesterov": nesterov, "weightDecay": decay}
        make: Make = lambda weights: optim.SGD(weights, rate, momentum, nesterov=nesterov, weight_decay=decay)
        return trajectory(name, "sgd", params, make)

    def moments(
        name: str, optimizer: str, rate: float, betas: tuple[float, float], epsilon: float, decay: float
    ) -> dict[str, Any]:
        params = {"learningRate": rate, "beta1": betas[0], "beta2": betas[1], "epsilon": epsilon, "weightDecay": decay}
        kind = optim.Adam if optimizer == "adam" else optim.AdamW
        make: Make = lambda weights: kind(weights, rate, betas, epsilon, decay)
        return trajectory(name, optimizer, params, make)

    return [
        sgd("plain", 0.1),
        sgd("momentum", 0.1, 0.9),
        sgd("Nesterov", 0.1, 0.9, True),
        sgd("decay", 0.1, 0.0, False, 0.05),
        sgd("Nesterov with decay", 0.05, 0.8, True, 0.05),
        moments("plain", "adam", 0.01, (0.9, 0.999), 1e-8, 0.0),
        moments("coupled decay", "adam", 0.01, (0.9, 0.999), 1e-8, 0.1),
        moments("other betas, large epsilon", "adam", 0.05, (0.8, 0.95), 1e-3, 0.0),
        moments("decoupled decay", "adamw", 0.01, (0.9, 0.999), 1e-8, 0.1),
        moments("without decay", "adamw", 0.02, (0.9, 0.99), 1e-6, 0.0),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="where the trajectories go")
    write_cases(parser.parse_args().file, cases())


if __name__ == "__main__":
    main()
