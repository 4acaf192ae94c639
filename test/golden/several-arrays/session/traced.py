"""Arrays: three inputs, two outputs: the network, telling what every node gives."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


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
        watch(picture)
        watch(age)
        watch(words)
        conv = self.conv(picture)
        watch(conv)
        relu = F.relu(conv)
        watch(relu)
        # Channels last.
        relu_channels_last = relu.permute(0, 2, 3, 1)
        seen = relu_channels_last.flatten(1)
        watch(seen)
        embedding = self.embedding(words)
        watch(embedding)
        told = embedding.flatten(1)
        watch(told)
        join = torch.cat([seen, age, told], dim=1)
        watch(join)
        trunk = self.trunk(join)
        watch(trunk)
        gelu = F.gelu(trunk)
        watch(gelu)
        scores = self.scores(gelu)
        watch(scores)
        grams = self.grams(gelu)
        watch(grams)
        species = scores
        watch(species)
        weight = grams
        watch(weight)
        return scores, grams
