"""A small residual network for 8x8 digits."""

import torch.nn.functional as F
from torch import Tensor, nn


class SameConv2d(nn.Conv2d):
    """A 3x3 convolution with TensorFlow's "same" padding, also at stride 2."""

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__(in_channels, out_channels, 3, stride=stride, bias=False)

    def forward(self, input: Tensor) -> Tensor:
        padding = (1, 1, 1, 1) if self.stride[0] == 1 else (0, 1, 0, 1)
        return super().forward(F.pad(input, padding))


class ResidualBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = SameConv2d(in_channels, out_channels, stride)
        self.norm1 = nn.BatchNorm2d(out_channels, eps=1e-3)
        self.conv2 = SameConv2d(out_channels, out_channels)
        self.norm2 = nn.BatchNorm2d(out_channels, eps=1e-3)
        self.skip = nn.Sequential()
        if stride != 1 or in_channels != out_channels:
            self.skip = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False),
                nn.BatchNorm2d(out_channels, eps=1e-3),
            )

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        return F.relu(out + self.skip(x))


class DigitsResNet(nn.Module):
    """Maps images (N, 1, 8, 8) to class logits (N, 10)."""

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.conv = SameConv2d(1, 16)
        self.norm = nn.BatchNorm2d(16, eps=1e-3)
        self.blocks = nn.Sequential(
            ResidualBlock(16, 16),
            ResidualBlock(16, 32, stride=2),
            ResidualBlock(32, 64, stride=2),
        )
        self.fc = nn.Linear(64, num_classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norm(self.conv(x)))
        x = self.blocks(x)
        return self.fc(x.mean(dim=(2, 3)))
