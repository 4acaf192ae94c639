"""Numbers, two heads: how the network is fed, judged and updated."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import model
import traced

INPUT_FIELDS = ("point", "point")
TARGET_FIELDS = ("label", "target")
INPUTS = ("left", "right")
HEADS = ("Class", "Value")
NODES = (
    ("left", ("output",)),
    ("right", ("output",)),
    ("product", ("output",)),
    ("hidden", ("output",)),
    ("tanh", ("output",)),
    ("classes", ("output",)),
    ("values", ("output",)),
    ("Class", ("output",)),
    ("Value", ("output",)),
)


def make_model() -> nn.Module:
    return model.Numbers()


def make_traced() -> nn.Module:
    return traced.Numbers()


def make_optimizer(module: nn.Module) -> torch.optim.Optimizer:
    names = ("hidden.bias", "classes.bias", "values.bias")
    weights = dict(module.named_parameters())
    groups = [
        {"params": [each for name, each in weights.items() if name not in names]},
        {
            "params": [each for name, each in weights.items() if name in names],
            "weight_decay": 0.0,
        },
    ]
    return torch.optim.SGD(groups, lr=0.1, momentum=0.9, weight_decay=0.01)


def prepare_inputs(point: Tensor, shift: Tensor) -> tuple[Tensor, ...]:
    return point, shift


def prepare_targets(label: Tensor, target: Tensor) -> tuple[Tensor, ...]:
    return label.long(), target


def head_losses(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    classes, values = outputs
    label, target = targets
    return F.cross_entropy(classes, label), F.mse_loss(values, target)


def head_metrics(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...], full: bool
) -> tuple[Tensor, ...]:
    classes, values = outputs
    label, target = targets
    accuracy = (classes.argmax(1) == label).float().mean()
    return accuracy, F.l1_loss(values, target)
