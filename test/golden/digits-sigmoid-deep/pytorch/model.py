"""Five sigmoid layers: watch the gradient vanish: the network."""

from collections import OrderedDict

from torch import nn


class FiveSigmoidLayersWatchTheGradientVanish(nn.Sequential):
    """Five sigmoid layers: watch the gradient vanish.

    Takes image (batch, 1, 8, 8).
    Gives output (batch, 10).
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                flatten=nn.Flatten(),
                dense1=nn.Linear(64, 64),
                sigmoid1=nn.Sigmoid(),
                dense2=nn.Linear(64, 64),
                sigmoid2=nn.Sigmoid(),
                dense3=nn.Linear(64, 64),
                sigmoid3=nn.Sigmoid(),
                dense4=nn.Linear(64, 64),
                sigmoid4=nn.Sigmoid(),
                dense5=nn.Linear(64, 64),
                sigmoid5=nn.Sigmoid(),
                logits=nn.Linear(64, 10),
            )
        )
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
