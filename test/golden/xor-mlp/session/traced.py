"""XOR with one hidden layer: the network, telling what every node gives."""

import torch
from torch import Tensor, nn


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class XORWithOneHiddenLayer(nn.Module):
    """XOR with one hidden layer: point (batch, 2) to (batch, 1)."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(2, 8)
        self.logit = nn.Linear(8, 1)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, point: Tensor) -> Tensor:
        watch(point)
        hidden = self.hidden(point)
        watch(hidden)
        tanh = torch.tanh(hidden)
        watch(tanh)
        logit = self.logit(tanh)
        watch(logit)
        output = logit
        watch(output)
        return logit
