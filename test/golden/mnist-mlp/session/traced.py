"""MNIST, multilayer perceptron 784-512-512-10: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class MnistMultilayerPerceptron78451251210(nn.Module):
    """MNIST, multilayer perceptron 784-512-512-10.

    Takes image (batch, 1, 28, 28).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden1 = nn.Linear(784, 512)
        self.hidden2 = nn.Linear(512, 512)
        self.logits = nn.Linear(512, 10)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        flatten = image.flatten(1)
        watch(flatten)
        hidden1 = self.hidden1(flatten)
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
