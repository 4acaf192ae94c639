"""Handwritten digits, residual: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class HandwrittenDigitsResidual(nn.Module):
    """Handwritten digits, residual: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding="same", bias=False)
        self.norm1 = nn.BatchNorm2d(16, eps=0.001)
        self.conv2a = nn.Conv2d(16, 16, 3, padding="same", bias=False)
        self.norm2a = nn.BatchNorm2d(16, eps=0.001)
        self.conv2b = nn.Conv2d(16, 16, 3, padding="same", bias=False)
        self.norm2b = nn.BatchNorm2d(16, eps=0.001)
        self.conv3a = nn.Conv2d(16, 32, 3, stride=2, bias=False)
        self.norm3a = nn.BatchNorm2d(32, eps=0.001)
        self.conv3b = nn.Conv2d(32, 32, 3, padding="same", bias=False)
        self.norm3b = nn.BatchNorm2d(32, eps=0.001)
        self.skip3 = nn.Conv2d(16, 32, 1, stride=2, bias=False)
        self.skip_norm3 = nn.BatchNorm2d(32, eps=0.001)
        self.conv4a = nn.Conv2d(32, 64, 3, stride=2, bias=False)
        self.norm4a = nn.BatchNorm2d(64, eps=0.001)
        self.conv4b = nn.Conv2d(64, 64, 3, padding="same", bias=False)
        self.norm4b = nn.BatchNorm2d(64, eps=0.001)
        self.skip4 = nn.Conv2d(32, 64, 1, stride=2, bias=False)
        self.skip_norm4 = nn.BatchNorm2d(64, eps=0.001)
        self.logits = nn.Linear(64, 10)
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        conv1 = self.conv1(image)
        watch(conv1)
        norm1 = self.norm1(conv1)
        watch(norm1)
        relu1 = F.relu(norm1)
        watch(relu1)
        conv2a = self.conv2a(relu1)
        watch(conv2a)
        norm2a = self.norm2a(conv2a)
        watch(norm2a)
        relu2a = F.relu(norm2a)
        watch(relu2a)
        conv2b = self.conv2b(relu2a)
        watch(conv2b)
        norm2b = self.norm2b(conv2b)
        watch(norm2b)
        add2 = norm2b + relu1
        watch(add2)
        relu2 = F.relu(add2)
        watch(relu2)
        conv3a = self.conv3a(F.pad(relu2, (0, 1, 0, 1)))
        watch(conv3a)
        norm3a = self.norm3a(conv3a)
        watch(norm3a)
        relu3a = F.relu(norm3a)
        watch(relu3a)
        conv3b = self.conv3b(relu3a)
        watch(conv3b)
        norm3b = self.norm3b(conv3b)
        watch(norm3b)
        skip3 = self.skip3(relu2)
        watch(skip3)
        skip_norm3 = self.skip_norm3(skip3)
        watch(skip_norm3)
        add3 = norm3b + skip_norm3
        watch(add3)
        relu3 = F.relu(add3)
        watch(relu3)
        conv4a = self.conv4a(F.pad(relu3, (0, 1, 0, 1)))
        watch(conv4a)
        norm4a = self.norm4a(conv4a)
        watch(norm4a)
        relu4a = F.relu(norm4a)
        watch(relu4a)
        conv4b = self.conv4b(relu4a)
        watch(conv4b)
        norm4b = self.norm4b(conv4b)
        watch(norm4b)
        skip4 = self.skip4(relu3)
        watch(skip4)
        skip_norm4 = self.skip_norm4(skip4)
        watch(skip_norm4)
        add4 = norm4b + skip_norm4
        watch(add4)
        relu4 = F.relu(add4)
        watch(relu4)
        pool = relu4.mean(dim=(2, 3))
        watch(pool)
        logits = self.logits(pool)
        watch(logits)
        output = logits
        watch(output)
        return logits
