"""repeats whose passes differ by their index: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class Step(nn.Module):
    """step: x (batch, in_features) to (batch, out_features)."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.dense = nn.Linear(in_features, out_features)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        dense = self.dense(x)
        watch(dense)
        leaky = F.leaky_relu(dense, 0.1)
        watch(leaky)
        return leaky


class Step2(nn.Module):
    """step: x (batch, in_features) to (batch, out_features)."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.dense = nn.Linear(in_features, out_features)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        dense = self.dense(x)
        watch(dense)
        leaky = F.leaky_relu(dense, 0.05)
        watch(leaky)
        return leaky


class Step3(nn.Module):
    """step: x (batch, in_features) to (batch, 16)."""

    def __init__(self, in_features: int) -> None:
        super().__init__()
        self.dense = nn.Linear(in_features, 16)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        dense = self.dense(x)
        watch(dense)
        leaky = F.leaky_relu(dense, 0.03333333333333333)
        watch(leaky)
        return leaky


class Step4(nn.Module):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = nn.Linear(16, 16)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        dense = self.dense(x)
        watch(dense)
        leaky = F.leaky_relu(dense, 0.025)
        watch(leaky)
        return leaky


class Step5(nn.Module):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = nn.Linear(16, 16)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        dense = self.dense(x)
        watch(dense)
        leaky = F.leaky_relu(dense, 0.02)
        watch(leaky)
        return leaky


class RepeatsWhosePassesDifferByTheirIndex(nn.Module):
    """repeats whose passes differ by their index: point (batch, 2) to (batch, 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.grow = nn.Sequential(Step(2, 4), Step2(4, 8), Step3(8))
        self.same = nn.Sequential(
            Step(16, 16), Step2(16, 16), Step3(16), Step4(), Step5()
        )
        self.scores = nn.Linear(16, 2)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, point: Tensor) -> Tensor:
        watch(point)
        grow = self.grow(point)
        same = self.same(grow)
        scores = self.scores(same)
        watch(scores)
        class_2 = scores
        watch(class_2)
        return scores
