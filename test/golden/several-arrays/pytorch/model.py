"""Arrays: three inputs, two outputs: the network."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ArraysThreeInputsTwoOutputs(nn.Module):
    """Arrays: three inputs, two outputs.

    Takes picture (batch, 1, 6, 6).
    Takes age (batch, 1).
    Takes words int32 (batch, 3).
    Gives species (batch, 3).
    Gives weight (batch, 1).
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.embedding = nn.Embedding(8, 4)
        self.trunk = nn.Linear(77, 12)
        self.scores = nn.Linear(12, 3)
        self.grams = nn.Linear(12, 1)
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Embedding):
                nn.init.uniform_(module.weight, -0.05, 0.05)

    def forward(
        self, picture: Tensor, age: Tensor, words: Tensor
    ) -> tuple[Tensor, Tensor]:
        relu = F.relu(self.conv(picture))
        # Channels last.
        relu_channels_last = relu.permute(0, 2, 3, 1)
        told = self.embedding(words).flatten(1)
        trunk = self.trunk(torch.cat([relu_channels_last.flatten(1), age, told], dim=1))
        gelu = F.gelu(trunk)
        scores = self.scores(gelu)
        grams = self.grams(gelu)
        return scores, grams
