"""Handwritten digits, convolutional: what the engine trains with."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import traced
from model import HandwrittenDigitsConvolutional

LEARNING_RATE = 0.002
INPUT_FIELDS: tuple[str, ...] = ("image",)
TARGET_FIELDS: tuple[str, ...] = ("label",)
# Paths of what the network takes and of what it gives, in that order.
INPUTS: tuple[str, ...] = ("image",)
HEADS: tuple[str, ...] = ("output",)
# Every node with the names of its outputs, in the order in which traced.watch marks them.
NODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("image", ("output",)),
    ("conv1", ("output",)),
    ("norm1", ("output",)),
    ("relu1", ("output",)),
    ("conv2", ("output",)),
    ("norm2", ("output",)),
    ("relu2", ("output",)),
    ("pool1", ("output",)),
    ("conv3", ("output",)),
    ("norm3", ("output",)),
    ("relu3", ("output",)),
    ("pool2", ("output",)),
    ("flatten", ("output",)),
    ("dropout", ("output",)),
    ("logits", ("output",)),
    ("output", ("output",)),
)


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def make_model() -> nn.Module:
    """The network, with weights of its own."""
    return HandwrittenDigitsConvolutional()


def make_traced() -> nn.Module:
    """The same network, in which traced.watch marks the outputs of every node."""
    return traced.HandwrittenDigitsConvolutional()


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer with the rate before its schedule."""
    return torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)


def prepare_inputs(image: Tensor) -> tuple[Tensor, ...]:
    """What the network takes, images with channels first."""
    return (image.permute(0, 3, 1, 2),)


def prepare_targets(label: Tensor) -> tuple[Tensor, ...]:
    """What its outputs are compared with."""
    return (label.long(),)


def head_losses(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    """The loss of every head, as the mean over the batch."""
    (output,) = outputs
    (label,) = targets
    return (F.cross_entropy(output, label),)


def head_metrics(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...], full: bool
) -> tuple[Tensor, ...]:
    """The metrics of every head as means over the batch; full: also those of evaluations alone."""
    (output,) = outputs
    (label,) = targets
    return (accuracy(output.argmax(1), label),)
