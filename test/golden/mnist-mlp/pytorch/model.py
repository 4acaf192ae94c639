"""MNIST, multilayer perceptron 784-512-512-10: the network."""

from collections import OrderedDict

from torch import nn


class MnistMultilayerPerceptron78451251210(nn.Sequential):
    """MNIST, multilayer perceptron 784-512-512-10.

    Takes image (batch, 1, 28, 28).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                flatten=nn.Flatten(),
                hidden1=nn.Linear(784, 512),
                relu1=nn.ReLU(),
                hidden2=nn.Linear(512, 512),
                relu2=nn.ReLU(),
                logits=nn.Linear(512, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
