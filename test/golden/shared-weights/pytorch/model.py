"""one pair of eyes for both halves: the network."""

from torch import Tensor, nn
from torch.nn import functional as F


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
        relu = F.relu(self.norm(self.conv(x)))
        # Channels last.
        relu_channels_last = relu.permute(0, 2, 3, 1)
        return relu_channels_last.flatten(1)


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
        left = self.left(image)
        right = self.left(F.max_pool2d(F.pad(image, (1, 0, 0, 0)), (1, 2), 1))
        a = self.a(left)
        b = self.a(right)
        return self.scores(a * b)
