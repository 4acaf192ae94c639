"""Five sigmoid layers: watch the gradient vanish: the network, telling what every node gives."""

import torch
from torch import Tensor, nn


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class FiveSigmoidLayersWatchTheGradientVanish(nn.Module):
    """Five sigmoid layers: watch the gradient vanish.

    Takes image (batch, 1, 8, 8).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__()
        self.dense1 = nn.Linear(64, 64)
        self.dense2 = nn.Linear(64, 64)
        self.dense3 = nn.Linear(64, 64)
        self.dense4 = nn.Linear(64, 64)
        self.dense5 = nn.Linear(64, 64)
        self.logits = nn.Linear(64, 10)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        flatten = image.flatten(1)
        watch(flatten)
        dense1 = self.dense1(flatten)
        watch(dense1)
        sigmoid1 = torch.sigmoid(dense1)
        watch(sigmoid1)
        dense2 = self.dense2(sigmoid1)
        watch(dense2)
        sigmoid2 = torch.sigmoid(dense2)
        watch(sigmoid2)
        dense3 = self.dense3(sigmoid2)
        watch(dense3)
        sigmoid3 = torch.sigmoid(dense3)
        watch(sigmoid3)
        dense4 = self.dense4(sigmoid3)
        watch(dense4)
        sigmoid4 = torch.sigmoid(dense4)
        watch(sigmoid4)
        dense5 = self.dense5(sigmoid4)
        watch(dense5)
        sigmoid5 = torch.sigmoid(dense5)
        watch(sigmoid5)
        logits = self.logits(sigmoid5)
        watch(logits)
        output = logits
        watch(output)
        return logits
