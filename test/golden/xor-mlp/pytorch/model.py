"""XOR with one hidden layer: the network."""

from collections import OrderedDict

from torch import nn


class XORWithOneHiddenLayer(nn.Sequential):
    """XOR with one hidden layer: point (batch, 2) to (batch, 1)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                hidden=nn.Linear(2, 8),
                tanh=nn.Tanh(),
                logit=nn.Linear(8, 1),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
