"""Numbers, two heads: the network, one statement a node."""

import torch
from torch import Tensor, nn


class Numbers(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.classes = nn.Linear(8, 3)
        self.values = nn.Linear(8, 2)

    def forward(self, point: Tensor, shift: Tensor) -> tuple[Tensor, Tensor]:
        product = point * shift
        hidden = self.hidden(product)
        tanh = torch.tanh(hidden)
        classes = self.classes(tanh)
        values = self.values(tanh)
        return classes, values
