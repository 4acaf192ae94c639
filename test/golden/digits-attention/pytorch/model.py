"""Handwritten digits, attention: the network."""

from torch import Tensor, nn
from torch.nn import functional as F


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
        embed = self.embed(image.reshape(-1, 8, 8))
        attention = self.attention(embed, embed, embed, need_weights=False)[0]
        norm1 = self.norm1(attention + embed)
        contract = self.contract(F.gelu(self.expand(norm1)))
        flatten = self.norm2(contract + norm1).flatten(1)
        return self.logits(flatten)
