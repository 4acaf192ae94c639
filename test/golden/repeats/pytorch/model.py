"""repeats whose passes differ by their index: the network."""

from collections import OrderedDict

from torch import nn


class Step(nn.Sequential):
    """step: x (batch, 2) to (batch, 4)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(2, 4),
                leaky=nn.LeakyReLU(0.1),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step2(nn.Sequential):
    """step: x (batch, 4) to (batch, 8)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(4, 8),
                leaky=nn.LeakyReLU(0.05),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step3(nn.Sequential):
    """step: x (batch, 8) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(8, 16),
                leaky=nn.LeakyReLU(0.03333333333333333),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step4(nn.Sequential):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(16, 16),
                leaky=nn.LeakyReLU(0.1),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step5(nn.Sequential):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(16, 16),
                leaky=nn.LeakyReLU(0.05),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step6(nn.Sequential):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(16, 16),
                leaky=nn.LeakyReLU(0.03333333333333333),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step7(nn.Sequential):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(16, 16),
                leaky=nn.LeakyReLU(0.025),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class Step8(nn.Sequential):
    """step: x (batch, 16) to (batch, 16)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(16, 16),
                leaky=nn.LeakyReLU(0.02),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)


class RepeatsWhosePassesDifferByTheirIndex(nn.Sequential):
    """repeats whose passes differ by their index: point (batch, 2) to (batch, 2)."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                grow=nn.Sequential(Step(), Step2(), Step3()),
                same=nn.Sequential(Step4(), Step5(), Step6(), Step7(), Step8()),
                scores=nn.Linear(16, 2),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
