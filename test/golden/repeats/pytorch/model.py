"""repeats whose passes differ by their index: the network."""

from collections import OrderedDict

from torch import nn


class Step(nn.Sequential):
    """step: x (batch, in_features) to (batch, out_features)."""

    def __init__(self, in_features: int, out_features: int, slope: float) -> None:
        super().__init__(
            OrderedDict(
                dense=nn.Linear(in_features, out_features),
                leaky=nn.LeakyReLU(slope),
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
                grow=nn.Sequential(
                    Step(2, 4, 0.1), Step(4, 8, 0.05), Step(8, 16, 0.03333333333333333)
                ),
                same=nn.Sequential(
                    Step(16, 16, 0.1),
                    Step(16, 16, 0.05),
                    Step(16, 16, 0.03333333333333333),
                    Step(16, 16, 0.025),
                    Step(16, 16, 0.02),
                ),
                scores=nn.Linear(16, 2),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
