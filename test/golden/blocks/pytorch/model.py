"""residual network of two blocks: the network."""

from collections import OrderedDict

from torch import Tensor, nn
from torch.nn import functional as F


class Convolution(nn.Sequential):
    """convolution: x (batch, 8, 8, 8) to (batch, 8, 8, 8)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv=nn.Conv2d(8, 8, 3, padding="same", bias=False),
                norm=nn.BatchNorm2d(8, eps=0.001),
                relu=nn.ReLU(),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)


class Residual(nn.Module):
    """residual: x (batch, 8, 8, 8) to (batch, 8, 8, 8)."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = Convolution()

    def forward(self, x: Tensor) -> Tensor:
        return self.inner(x) + x


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


class Down(nn.Sequential):
    """down: x (batch, 8, 8, 8) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                inner=Convolution2(),
            )
        )


class Convolution3(nn.Sequential):
    """convolution: x (batch, 16, 4, 4) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv=nn.Conv2d(16, 16, 3, padding="same", bias=False),
                norm=nn.BatchNorm2d(16, eps=0.001),
                relu=nn.ReLU(),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)


class Residual2(nn.Module):
    """residual: x (batch, 16, 4, 4) to (batch, 16, 4, 4)."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = Convolution3()

    def forward(self, x: Tensor) -> Tensor:
        return self.inner(x) + x


class ResidualNetworkOfTwoBlocks(nn.Sequential):
    """residual network of two blocks: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                stem=nn.Conv2d(1, 8, 3, padding="same"),
                first=Residual(),
                widen=Down(),
                second=Residual2(),
                pool=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
                scores=nn.Linear(16, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
