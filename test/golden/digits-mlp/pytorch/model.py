"""Handwritten digits, multilayer perceptron: the network."""

from collections import OrderedDict

from torch import nn


class HandwrittenDigitsMultilayerPerceptron(nn.Sequential):
    """Handwritten digits, multilayer perceptron.

    Takes image (batch, 1, 8, 8).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                flatten=nn.Flatten(),
                hidden=nn.Linear(64, 128),
                relu=nn.ReLU(),
                logits=nn.Linear(128, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
