"""python -m reference_vectors.losses FILE: losses of every sample and their gradients, by PyTorch in float64."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from .numbers import chosen, write_cases, written

Loss = Callable[[Tensor, Tensor], Tensor]


def over_samples(values: Tensor) -> Tensor:
    """[batch, ...] -> [batch]: the mean over each sample's own elements."""
    return values.reshape(values.shape[0], -1).mean(dim=1)


def cross_entropy(smoothing: float) -> Loss:
    def loss(output: Tensor, target: Tensor) -> Tensor:
        # PyTorch wants the classes on axis 1; a target of the output's rank is a distribution.
        scores = output.movedim(-1, 1)
        truth = target.movedim(-1, 1) if target.is_floating_point() else target
        return over_samples(functional.cross_entropy(scores, truth, label_smoothing=smoothing, reduction="none"))

    return loss


def cross_entropy_of_probabilities(smoothing: float) -> Loss:
    def loss(output: Tensor, target: Tensor) -> Tensor:
        classes = output.shape[-1]
        truth = functional.one_hot(target, classes) * (1 - smoothing) + smoothing / classes
        return over_samples(-(truth * output.clamp(min=1e-7).log()).sum(dim=-1))

    return loss


def binary_cross_entropy(smoothing: float, logits: bool) -> Loss:
    def loss(output: Tensor, target: Tensor) -> Tensor:
        truth = target.to(output.dtype).reshape(output.shape) * (1 - smoothing) + smoothing / 2
        if logits:
            return over_samples(functional.binary_cross_entropy_with_logits(output, truth, reduction="none"))
        return over_samples(functional.binary_cross_entropy(output, truth, reduction="none"))

    return loss


def squared_error(output: Tensor, target: Tensor) -> Tensor:
    return over_samples(functional.mse_loss(output, target.to(output.dtype).reshape(output.shape), reduction="none"))


def case(name: str, loss: str, params: dict[str, Any], compute: Loss, output: Tensor, target: Tensor) -> dict[str, Any]:
    """One entry: the gradient is that of the sum over samples of `upstream` times the loss."""
    leaf = output.clone().requires_grad_(True)
    losses = compute(leaf, target)
    upstream = torch.linspace(0.5, 1.5, losses.shape[0], dtype=torch.float64)
    torch.autograd.backward((losses * upstream).sum())
    assert leaf.grad is not None
    dtype = "float32" if target.is_floating_point() else "int32"
    return {
        "name": name,
        "loss": loss,
        "params": params,
        "output": written(output),
        "target": {"dtype": dtype, **written(target)},
        "losses": losses.tolist(),
        "upstream": upstream.tolist(),
        "gradient": leaf.grad.reshape(-1).tolist(),
    }


def cases() -> list[dict[str, Any]]:
    made = torch.Generator().manual_seed(1)
    logits, deep = chosen(made, 5, 4, scale=2), chosen(made, 3, 2, 4, scale=2)
    classes, positions = torch.tensor([0, 3, 1, 2, 3]), torch.tensor([[0, 3], [1, 1], [2, 0]])
    spread = torch.tensor([[0.7, 0.1, 0.1, 0.1], [0, 0, 1, 0], [0.25] * 4, [0.5, 0.5, 0, 0], [0.2, 0.2, 0.1, 0.1]])
    extreme = torch.tensor([[1000.0, 0, -1000, 0], [-1000, 0, 0, 0], [80, -80, 80, 0]], dtype=torch.float64)
    probabilities = (logits.softmax(-1) * 1000).round() / 1000
    answers, single = chosen(made, 4, 3, scale=2), chosen(made, 6, 1, scale=3)
    yes = torch.tensor([[0, 1, 1], [1, 0, 0], [0, 0, 1], [1, 1, 1]])
    soft = torch.tensor([[0.1, 0.9, 1], [1, 0, 0.5], [0, 0.25, 1], [1, 1, 0.75]], dtype=torch.float64)
    flags, steep = torch.tensor([0, 1, 1, 0, 1, 0]), torch.tensor([[900.0], [-900], [50], [-50], [30], [0]])
    image, goal = chosen(made, 3, 2, 2, 2), chosen(made, 3, 2, 2, 2)
    category, binary = "crossEntropy", "binaryCrossEntropy"
    smooth, given = {"labelSmoothing": 0.1}, {"from": "probabilities"}
    return [
        case("class indices", category, {}, cross_entropy(0), logits, classes),
        case("class indices at every position", category, {}, cross_entropy(0), deep, positions),
        case("label smoothing", category, smooth, cross_entropy(0.1), logits, classes),
        case("distributions", category, {}, cross_entropy(0), logits, spread.double()),
        case("smoothed distributions", category, smooth, cross_entropy(0.1), logits, spread.double()),
        case("extreme logits", category, {}, cross_entropy(0), extreme, torch.tensor([0, 0, 1])),
        case("probabilities", category, given, cross_entropy_of_probabilities(0), probabilities, classes),
        case(
            "smoothed, of probabilities",
            category,
            {**smooth, **given},
            cross_entropy_of_probabilities(0.1),
            probabilities,
            classes,
        ),
        case("several answers", binary, {}, binary_cross_entropy(0, True), answers, yes),
        case("answers between", binary, {}, binary_cross_entropy(0, True), answers, soft),
        case("one answer, target without the last axis", binary, {}, binary_cross_entropy(0, True), single, flags),
        case("label smoothing", binary, smooth, binary_cross_entropy(0.1, True), answers, yes),
        case("extreme logits", binary, {}, binary_cross_entropy(0, True), steep.double(), flags),
        case(
            "probabilities",
            binary,
            given,
            binary_cross_entropy(0, False),
            (answers.sigmoid() * 1000).round() / 1000,
            yes,
        ),
        case("vectors", "meanSquaredError", {}, squared_error, logits, spread.double()),
        case("images", "meanSquaredError", {}, squared_error, image, goal),
        case("one number, target without the last axis", "meanSquaredError", {}, squared_error, single, flags.double()),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="where the vectors go")
    write_cases(parser.parse_args().file, cases())


if __name__ == "__main__":
    main()
