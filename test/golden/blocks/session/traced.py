"""residual network of two blocks: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class Convolution(nn.Module):
    """convolution.

    Takes x (batch, channels, height, width).
    Gives y (batch, channels, height, width).
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding="same", bias=False)
        self.norm = nn.BatchNorm2d(channels, eps=0.001)
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)

    def forward(self, x: Tensor) -> Tensor:
        conv = self.conv(x)
        watch(conv)
        norm = self.norm(conv)
        watch(norm)
        relu = F.relu(norm)
        watch(relu)
        return relu


class Convolution2(nn.Module):
    """convolution: x (batch, 8, 8, 8) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(8, 16, 3, stride=2, bias=False)
        self.norm = nn.BatchNorm2d(16, eps=0.001)
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)

    def forward(self, x: Tensor) -> Tensor:
        conv = self.conv(F.pad(x, (0, 1, 0, 1)))
        watch(conv)
        norm = self.norm(conv)
        watch(norm)
        relu = F.relu(norm)
        watch(relu)
        return relu


class Residual(nn.Module):
    """residual.

    Takes x (batch, channels, height, width).
    Gives y (batch, channels, height, width).
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = Convolution(channels)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.inner(x)
        add = inner + x
        watch(add)
        return add


class Down(nn.Module):
    """down: x (batch, 8, 8, 8) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = Convolution2()

    def forward(self, x: Tensor) -> Tensor:
        inner = self.inner(x)
        return inner


class ResidualNetworkOfTwoBlocks(nn.Module):
    """residual network of two blocks: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 8, 3, padding="same")
        self.first = Residual(8)
        self.widen = Down()
        self.second = Residual(16)
        self.scores = nn.Linear(16, 10)
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        stem = self.stem(image)
        watch(stem)
        first = self.first(stem)
        widen = self.widen(first)
        second = self.second(widen)
        pool = second.mean(dim=(2, 3))
        watch(pool)
        scores = self.scores(pool)
        watch(scores)
        digit = scores
        watch(digit)
        return scores
