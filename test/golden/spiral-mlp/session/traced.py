"""Two spirals: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class TwoSpirals(nn.Module):
    """Two spirals: point (batch, 2) to (batch, 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden1 = nn.Linear(2, 32)
        self.hidden2 = nn.Linear(32, 32)
        self.logits = nn.Linear(32, 2)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, point: Tensor) -> Tensor:
        watch(point)
        hidden1 = self.hidden1(point)
        watch(hidden1)
        relu1 = F.relu(hidden1)
        watch(relu1)
        hidden2 = self.hidden2(relu1)
        watch(hidden2)
        relu2 = F.relu(hidden2)
        watch(relu2)
        logits = self.logits(relu2)
        watch(logits)
        output = logits
        watch(output)
        return logits
