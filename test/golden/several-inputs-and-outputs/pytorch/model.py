"""two inputs, three outputs: the network."""

import torch
from torch import Tensor, nn


class TwoInputsThreeOutputs(nn.Module):
    """two inputs, three outputs.

    Takes first (batch, 2).
    Takes again (batch, 2).
    Gives Class (batch, 2).
    Gives Chance (batch, 1).
    Gives Value (batch, 1).
    """

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(2, 8)
        self.b = nn.Linear(2, 6)
        self.scores = nn.Linear(14, 2)
        self.logit = nn.Linear(14, 1)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, first: Tensor, again: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        join = torch.cat([self.b(again), self.a(first)], dim=1)
        hidden = torch.tanh(join)
        logit = self.logit(hidden)
        scores = self.scores(hidden)
        return scores, logit, logit
