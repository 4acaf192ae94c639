"""Handwritten digits, attention: the network, telling what every node gives."""

from torch import Tensor, nn
from torch.nn import functional as F


def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""


class HandwrittenDigitsAttention(nn.Module):
    """Handwritten digits, attention: image (batch, 1, 8, 8) to (batch, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Linear(8, 32)
        self.attention = nn.MultiheadAttention(32, 4, batch_first=True)
        self.norm1 = nn.LayerNorm(32, eps=0.001)
        self.expand = nn.Linear(32, 64)
        self.contract = nn.Linear(64, 32)
        self.norm2 = nn.LayerNorm(32, eps=0.001)
        self.logits = nn.Linear(256, 10)
        for module in self.children():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.xavier_uniform_(
            self.get_parameter("attention.in_proj_weight"), gain=1.41421356
        )
        nn.init.xavier_uniform_(self.get_parameter("attention.out_proj.weight"))

    def forward(self, image: Tensor) -> Tensor:
        watch(image)
        rows = image.reshape(-1, 8, 8)
        watch(rows)
        embed = self.embed(rows)
        watch(embed)
        attention = self.attention(embed, embed, embed, need_weights=False)[0]
        watch(attention)
        add1 = attention + embed
        watch(add1)
        norm1 = self.norm1(add1)
        watch(norm1)
        expand = self.expand(norm1)
        watch(expand)
        gelu = F.gelu(expand)
        watch(gelu)
        contract = self.contract(gelu)
        watch(contract)
        add2 = contract + norm1
        watch(add2)
        norm2 = self.norm2(add2)
        watch(norm2)
        flatten = norm2.flatten(1)
        watch(flatten)
        logits = self.logits(flatten)
        watch(logits)
        output = logits
        watch(output)
        return logits
