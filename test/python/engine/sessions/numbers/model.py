"""Numbers, two heads: the network."""

import torch
from torch import Tensor, nn


class Numbers(nn.Module):
    """Numbers: point (batch, 4) and shift (batch, 4) to (batch, 3) and (batch, 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.classes = nn.Linear(8, 3)
        self.values = nn.Linear(8, 2)

    def forward(self, point: Tensor, shift: Tensor) -> tuple[Tensor, Tensor]:
        hidden = torch.tanh(self.hidden(point * shift))
        return self.classes(hidden), self.values(hidden)
