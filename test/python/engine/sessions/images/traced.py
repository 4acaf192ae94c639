"""Small images: the network, one statement a node."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class Block(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding="same", bias=False)
        self.norm = nn.BatchNorm2d(channels, eps=0.001)

    def forward(self, x: Tensor) -> Tensor:
        conv = self.conv(x)
        watch(conv)
        norm = self.norm(conv)
        watch(norm)
        relu = F.relu(norm)
        watch(relu)
        return relu


class SmallImages(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, padding="same")
        self.blocks = nn.Sequential(Block(4), Block(4))
        self.drop = nn.Dropout(0.25)
        self.logits = nn.Linear(4, 3)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        conv = self.stem(image)
        watch(conv)
        relu = F.relu(conv)
        watch(relu)
        passed = relu
        for block in self.blocks:
            passed = block(passed)
        add = passed + relu
        watch(add)
        mean = add.mean(dim=(2, 3))
        watch(mean)
        drop = self.drop(mean)
        watch(drop)
        logits = self.logits(drop)
        watch(logits)
        output = logits
        watch(output)
        return logits
