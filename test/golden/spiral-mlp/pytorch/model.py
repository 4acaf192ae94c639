"""Two spirals: the network."""

from collections import OrderedDict

from torch import nn


class TwoSpirals(nn.Sequential):
    """Two spirals: point (batch, 2) to (batch, 2)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                hidden1=nn.Linear(2, 32),
                relu1=nn.ReLU(),
                hidden2=nn.Linear(32, 32),
                relu2=nn.ReLU(),
                logits=nn.Linear(32, 2),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
