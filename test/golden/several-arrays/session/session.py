"""Arrays: three inputs, two outputs: what the engine trains with."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import traced
from model import ArraysThreeInputsTwoOutputs

LEARNING_RATE = 0.005
INPUT_FIELDS: tuple[str, ...] = ("picture", "age", "words")
TARGET_FIELDS: tuple[str, ...] = ("species", "weight")
# Paths of what the network takes and of what it gives, in that order.
INPUTS: tuple[str, ...] = ("picture", "age", "words")
HEADS: tuple[str, ...] = ("species", "weight")
# Every node with the names of its outputs, in the order in which traced.watch marks them.
NODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("picture", ("output",)),
    ("age", ("output",)),
    ("words", ("output",)),
    ("conv", ("output",)),
    ("relu", ("output",)),
    ("seen", ("output",)),
    ("embedding", ("output",)),
    ("told", ("output",)),
    ("join", ("output",)),
    ("trunk", ("output",)),
    ("gelu", ("output",)),
    ("scores", ("output",)),
    ("grams", ("output",)),
    ("species", ("output",)),
    ("weight", ("output",)),
)


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def make_model() -> nn.Module:
    """The network, with weights of its own."""
    return ArraysThreeInputsTwoOutputs()


def make_traced() -> nn.Module:
    """The same network, in which traced.watch marks the outputs of every node."""
    return traced.ArraysThreeInputsTwoOutputs()


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer; biases and normalisation do not decay."""
    decayed = [weight for weight in model.parameters() if weight.dim() > 1]
    others = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.02)


def prepare_inputs(picture: Tensor, age: Tensor, words: Tensor) -> tuple[Tensor, ...]:
    """What the network takes, images with channels first."""
    return (picture.permute(0, 3, 1, 2), age, words.long())


def prepare_targets(species: Tensor, weight: Tensor) -> tuple[Tensor, ...]:
    """What its outputs are compared with."""
    return (species.long(), weight)


def head_losses(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...]
) -> tuple[Tensor, ...]:
    """The loss of every head, as the mean over the batch."""
    (species_output, weight_output) = outputs
    (species, weight) = targets
    return (F.cross_entropy(species_output, species), F.mse_loss(weight_output, weight))


def head_metrics(
    outputs: tuple[Tensor, ...], targets: tuple[Tensor, ...], full: bool
) -> tuple[Tensor, ...]:
    """The metrics of every head as means over the batch; full: also those of evaluations alone."""
    (species_output, weight_output) = outputs
    (species, weight) = targets
    return (
        accuracy(species_output.argmax(1), species),
        F.l1_loss(weight_output, weight),
    )
