"""Handwritten digits, convolutional: the network."""

from collections import OrderedDict

from torch import nn


class HandwrittenDigitsConvolutional(nn.Sequential):
    """Handwritten digits, convolutional: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv1=nn.Conv2d(1, 32, 3, padding="same", bias=False),
                norm1=nn.BatchNorm2d(32, eps=0.001),
                relu1=nn.ReLU(),
                conv2=nn.Conv2d(32, 32, 3, padding="same", bias=False),
                norm2=nn.BatchNorm2d(32, eps=0.001),
                relu2=nn.ReLU(),
                pool1=nn.MaxPool2d(2),
                conv3=nn.Conv2d(32, 64, 3, padding="same", bias=False),
                norm3=nn.BatchNorm2d(64, eps=0.001),
                relu3=nn.ReLU(),
                pool2=nn.MaxPool2d(2),
                flatten=nn.Flatten(),
                dropout=nn.Dropout(0.3),
                logits=nn.Linear(256, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
