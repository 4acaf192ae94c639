"""one pair of eyes for both halves: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class Eye(nn.Module):
    """eye: x (batch, 1, 8, 8) to (batch, 216)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 3)
        self.norm = nn.BatchNorm2d(6, eps=0.001)
        for module in self.children():
            if isinstance(module, nn.Conv2d):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        conv = self.conv(x)
        watch(conv)
        norm = self.norm(conv)
        watch(norm)
        relu = F.relu(norm)
        watch(relu)
        # Channels last.
        relu_channels_last = relu.permute(0, 2, 3, 1)
        flat = relu_channels_last.flatten(1)
        watch(flat)
        return flat


class OnePairOfEyesForBothHalves(nn.Module):
    """one pair of eyes for both halves: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.left = Eye()
        self.a = nn.Linear(216, 12)
        self.scores = nn.Linear(12, 10)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        left = self.left(image)
        flip = F.pad(image, (1, 0, 0, 0))
        watch(flip)
        crop = F.max_pool2d(flip, (1, 2), 1)
        watch(crop)
        right = self.left(crop)
        a = self.a(left)
        watch(a)
        b = self.a(right)
        watch(b)
        both = a * b
        watch(both)
        scores = self.scores(both)
        watch(scores)
        digit = scores
        watch(digit)
        return scores
