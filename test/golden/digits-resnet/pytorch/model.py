"""Handwritten digits, residual: the network."""

from torch import Tensor, nn
from torch.nn import functional as F


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
        relu1 = F.relu(self.norm1(self.conv1(image)))
        relu2a = F.relu(self.norm2a(self.conv2a(relu1)))
        add2 = self.norm2b(self.conv2b(relu2a)) + relu1
        relu2 = F.relu(add2)
        relu3a = F.relu(self.norm3a(self.conv3a(F.pad(relu2, (0, 1, 0, 1)))))
        skip_norm3 = self.skip_norm3(self.skip3(relu2))
        add3 = self.norm3b(self.conv3b(relu3a)) + skip_norm3
        relu3 = F.relu(add3)
        relu4a = F.relu(self.norm4a(self.conv4a(F.pad(relu3, (0, 1, 0, 1)))))
        skip_norm4 = self.skip_norm4(self.skip4(relu3))
        add4 = self.norm4b(self.conv4b(relu4a)) + skip_norm4
        return self.logits(F.relu(add4).mean(dim=(2, 3)))
