"""A transformer encoder over the rows of 8x8 digits."""

from torch import Tensor, nn
from torch.nn import functional as F


class RowTransformer(nn.Module):
    """Maps images (N, 1, 8, 8) to class logits (N, 10)."""

    def __init__(self, dim: int = 32, heads: int = 4, num_classes: int = 10) -> None:
        super().__init__()
        self.embed = nn.Linear(8, dim)
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.norm1 = nn.LayerNorm(dim, eps=1e-3)
        self.fc1 = nn.Linear(dim, 2 * dim)
        self.fc2 = nn.Linear(2 * dim, dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-3)
        self.head = nn.Linear(8 * dim, num_classes)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, image: Tensor) -> Tensor:
        x = self.embed(image.squeeze(1))
        attended, _ = self.attention(x, x, x, need_weights=False)
        x = self.norm1(x + attended)
        x = self.norm2(x + self.fc2(F.gelu(self.fc1(x))))
        return self.head(x.flatten(1))
