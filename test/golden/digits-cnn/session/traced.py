"""Handwritten digits, convolutional: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class HandwrittenDigitsConvolutional(nn.Module):
    """Handwritten digits, convolutional: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding="same", bias=False)
        self.norm1 = nn.BatchNorm2d(32, eps=0.001)
        self.conv2 = nn.Conv2d(32, 32, 3, padding="same", bias=False)
        self.norm2 = nn.BatchNorm2d(32, eps=0.001)
        self.conv3 = nn.Conv2d(32, 64, 3, padding="same", bias=False)
        self.norm3 = nn.BatchNorm2d(64, eps=0.001)
        self.dropout = nn.Dropout(0.3)
        self.logits = nn.Linear(256, 10)
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
        conv2 = self.conv2(relu1)
        watch(conv2)
        norm2 = self.norm2(conv2)
        watch(norm2)
        relu2 = F.relu(norm2)
        watch(relu2)
        pool1 = F.max_pool2d(relu2, 2)
        watch(pool1)
        conv3 = self.conv3(pool1)
        watch(conv3)
        norm3 = self.norm3(conv3)
        watch(norm3)
        relu3 = F.relu(norm3)
        watch(relu3)
        pool2 = F.max_pool2d(relu3, 2)
        watch(pool2)
        flatten = pool2.flatten(1)
        watch(flatten)
        dropout = self.dropout(flatten)
        watch(dropout)
        logits = self.logits(dropout)
        watch(logits)
        output = logits
        watch(output)
        return logits
