"""Small images: the network."""

from torch import Tensor, nn
from torch.nn import functional as F


class Block(nn.Module):
    """block: x (batch, channels, 6, 6) to the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding="same", bias=False)
        self.norm = nn.BatchNorm2d(channels, eps=0.001)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(x)))


class SmallImages(nn.Module):
    """Small images: image (batch, 1, 6, 6) to (batch, 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, padding="same")
        self.blocks = nn.Sequential(Block(4), Block(4))
        self.drop = nn.Dropout(0.25)
        self.logits = nn.Linear(4, 3)

    def forward(self, image: Tensor) -> Tensor:
        stem = F.relu(self.stem(image))
        blocks = self.blocks(stem) + stem
        return self.logits(self.drop(blocks.mean(dim=(2, 3))))
