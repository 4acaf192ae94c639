"""Handwritten digits, multilayer perceptron: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class HandwrittenDigitsMultilayerPerceptron(nn.Module):
    """Handwritten digits, multilayer perceptron.

    Takes image (batch, 1, 8, 8).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(64, 128)
        self.logits = nn.Linear(128, 10)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        flatten = image.flatten(1)
        watch(flatten)
        hidden = self.hidden(flatten)
        watch(hidden)
        relu = F.relu(hidden)
        watch(relu)
        logits = self.logits(relu)
        watch(logits)
        output = logits
        watch(output)
        return logits
