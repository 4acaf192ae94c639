"""Small images: how the network is fed, judged and updated."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import model
import traced

INPUT_FIELDS = ("image",)
TARGET_FIELDS = ("label",)
INPUTS = ("image",)
HEADS = ("output",)
NODES = (
    ("image", ("output",)),
    ("stem", ("output",)),
    ("relu", ("output",)),
    ("blocks/0/conv", ("output",)),
    ("blocks/0/norm", ("output",)),
    ("blocks/0/relu", ("output",)),
    ("blocks/1/conv", ("output",)),
    ("blocks/1/norm", ("output",)),
    ("blocks/1/relu", ("output",)),
    ("add", ("output",)),
    ("mean", ("output",)),
    ("drop", ("output",)),
    ("logits", ("output",)),
    ("output", ("output",)),
)


def make_model() -> nn.Module:
    return model.SmallImages()


def make_traced() -> nn.Module:
    return traced.SmallImages()


def make_optimizer(module: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.Adam(module.parameters(), lr=0.003)


def prepare_inputs(image: Tensor) -> tuple[Tensor, ...]:
    return (image.permute(0, 3, 1, 2),)


def prepare_targets(label: Tensor) -> tuple[Tensor, ...]:
    return (label.long(),)


def head_losses(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    (output,) = outputs
    (label,) = targets
    return (F.cross_entropy(output, label),)


def confusion_matrix(decided: Tensor, truth: Tensor, classes: int) -> Tensor:
    pairs = truth.flatten() * classes + decided.flatten()
    counts = torch.bincount(pairs, minlength=classes * classes)
    return counts.reshape(classes, classes) / len(pairs)


def head_metrics(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...], full: bool
) -> tuple[Tensor, ...]:
    (output,) = outputs
    (label,) = targets
    accuracy = (output.argmax(1) == label).float().mean()
    if not full:
        return (accuracy,)
    return accuracy, confusion_matrix(output.argmax(1), label, 3)
