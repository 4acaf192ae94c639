"""The engine with a SyncBatchNorm for the CPU in place of PyTorch's, which computes on cards alone: the same exchange."""

import sys
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.distributed.nn.functional as exchange
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[3] / "python"))

from engine.distributed import DistributedRanks
from engine.start import start


class OnCpu(nn.BatchNorm2d):
    """x (batch, channels, height, width) to the same. Not a SyncBatchNorm by name: PyTorch refuses those on a CPU."""

    process_group: Any = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, 0, self.eps)
        group = self.process_group or dist.group.WORLD
        around = [0, 2, 3]
        found = torch.cat([x.sum(around), x.square().sum(around), torch.tensor([x.numel() / x.shape[1]])])
        if dist.get_world_size(group) > 1:
            found = exchange.all_reduce(found, group=group)
        mean, square = (found[:-1] / found[-1]).chunk(2)
        variance = square - mean.square()
        with torch.no_grad():
            count = found[-1]
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(variance * count / (count - 1), self.momentum)
            self.num_batches_tracked.add_(1)
        scale = self.weight * torch.rsqrt(variance + self.eps)
        return x * scale.view(-1, 1, 1) + (self.bias - mean * scale).view(-1, 1, 1)


def convert(model: nn.Module, group: Any = None) -> nn.Module:
    for name, child in list(model.named_children()):
        setattr(model, name, convert(child, group))
    if not isinstance(model, nn.BatchNorm2d):
        return model
    other = OnCpu(model.num_features, model.eps, model.momentum)
    other.process_group = group
    other.weight, other.bias = model.weight, model.bias
    return other


nn.SyncBatchNorm.convert_sync_batchnorm = convert
DistributedRanks.can_synchronize = lambda *_: True

if __name__ == "__main__":
    start()
