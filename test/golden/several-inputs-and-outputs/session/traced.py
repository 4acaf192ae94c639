"""two inputs, three outputs: the network, telling what every node gives."""

import torch
from torch import Tensor, nn


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


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
        watch(first)
        watch(again)
        a = self.a(first)
        watch(a)
        b = self.b(again)
        watch(b)
        join = torch.cat([b, a], dim=1)
        watch(join)
        hidden = torch.tanh(join)
        watch(hidden)
        scores = self.scores(hidden)
        watch(scores)
        class_2 = scores
        watch(class_2)
        logit = self.logit(hidden)
        watch(logit)
        chance = logit
        watch(chance)
        value = logit
        watch(value)
        return scores, logit, logit
