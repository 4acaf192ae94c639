"""two inputs, three outputs: what the engine trains with."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import traced
from model import TwoInputsThreeOutputs

LEARNING_RATE = 0.001
INPUT_FIELDS: tuple[str, ...] = ("point", "point")
TARGET_FIELDS: tuple[str, ...] = ("label", "target", "target")
# Paths of what the network takes and of what it gives, in that order.
INPUTS: tuple[str, ...] = ("first", "again")
HEADS: tuple[str, ...] = ("class", "chance", "value")
# Every node with the names of its outputs, in the order in which traced.watch marks them.
NODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first", ("output",)),
    ("again", ("output",)),
    ("a", ("output",)),
    ("b", ("output",)),
    ("join", ("output",)),
    ("hidden", ("output",)),
    ("scores", ("output",)),
    ("class", ("output",)),
    ("logit", ("output",)),
    ("chance", ("output",)),
    ("value", ("output",)),
)


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def make_model() -> nn.Module:
    """The network, with weights of its own."""
    return TwoInputsThreeOutputs()


def make_traced() -> nn.Module:
    """The same network, in which traced.watch marks the outputs of every node."""
    return traced.TwoInputsThreeOutputs()


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer with the rate before its schedule."""
    return torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)


def prepare_inputs(point: Tensor, point_2: Tensor) -> tuple[Tensor, ...]:
    """What the network takes, images with channels first."""
    return (point, point_2)


def prepare_targets(
    label: Tensor, target: Tensor, target_2: Tensor
) -> tuple[Tensor, ...]:
    """What its outputs are compared with."""
    return (label.long(), target, target_2)


def head_losses(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    """The loss of every head, as the mean over the batch."""
    (class_output, chance_output, value_output) = outputs
    (label, target, target_2) = targets
    return (
        F.cross_entropy(class_output, label, label_smoothing=0.1),
        F.binary_cross_entropy_with_logits(chance_output, target),
        F.mse_loss(value_output, target_2),
    )


def head_metrics(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...], full: bool
) -> tuple[Tensor, ...]:
    """The metrics of every head as means over the batch; full: also those of evaluations alone."""
    (class_output, chance_output, value_output) = outputs
    (label, target, target_2) = targets
    return (
        accuracy(class_output.argmax(1), label),
        accuracy(chance_output > 0, target > 0.5),
        F.l1_loss(value_output, target_2),
    )
