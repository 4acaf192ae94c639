"""residual network of two blocks: the network."""

from collections import OrderedDict

from torch import Tensor, nn
from torch.nn import functional as F


class Convolution(nn.Sequential):
    """convolution.

    Takes x (batch, channels, height, width).
    Gives y (batch, channels, height, width).
    """

    def __init__(self, channels: int) -> None:
        super().__init__(
            OrderedDict(
                conv=nn.Conv2d(channels, channels, 3, padding="same", bias=False),
                norm=nn.BatchNorm2d(channels, eps=0.001),
                relu=nn.ReLU(),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)


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
        return F.relu(self.norm(self.conv(F.pad(x, (0, 1, 0, 1)))))


class Residual(nn.Module):
    """residual.

    Takes x (batch, channels, height, width).
    Gives y (batch, channels, height, width).
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = Convolution(channels)

    def forward(self, x: Tensor) -> Tensor:
        return self.inner(x) + x


class Down(nn.Sequential):
    """down: x (batch, 8, 8, 8) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                inner=Convolution2(),
            )
        )


class ResidualNetworkOfTwoBlocks(nn.Sequential):
    """residual network of two blocks: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                stem=nn.Conv2d(1, 8, 3, padding="same"),
                first=Residual(8),
                widen=Down(),
                second=Residual(16),
                pool=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
                scores=nn.Linear(16, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
