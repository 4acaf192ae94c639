"""Several processes, started by torchrun, that train one network: each has its share of every batch."""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn

from .ranks import Ranks
from .requests import Positions

PATIENCE = timedelta(days=30)
"""A run may be paused for long; a process that dies is noticed by torchrun, which ends the others."""


class DistributedRanks(Ranks):
    """Decisions go by way of the hosts (gloo), so that no device has to be waited for; gradients by NCCL on cards."""

    def __init__(self) -> None:
        self.rank = int(os.environ["RANK"])
        self.local_rank = int(os.environ.get("LOCAL_RANK", "0"))
        self.count = int(os.environ["WORLD_SIZE"])
        dist.init_process_group("gloo", timeout=PATIENCE)
        self._between_devices: Any = None

    def attach(self, device: torch.device) -> None:
        if device.type == "cuda":
            self._between_devices = dist.new_group(backend="nccl", timeout=PATIENCE)

    def tell(self, action: Any) -> None:
        dist.broadcast_object_list([action], src=0)

    def hear(self) -> Any:
        heard: list[Any] = [None]
        dist.broadcast_object_list(heard, src=0)
        return heard[0]

    def agree_on(self, flag: bool) -> bool:
        said = torch.tensor([int(flag)])
        dist.broadcast(said, src=0)
        return bool(said[0])

    def share(self, positions: Positions) -> Positions:
        return np.array_split(positions, self.count)[self.rank]

    def join(
        self,
        sums: Tensor | None,
        columns: int,
        parameters: Sequence[nn.Parameter],
        trouble: BaseException | None,
    ) -> Tensor:
        present = self._present(parameters, trouble)
        device = parameters[0].device if parameters else torch.device("cpu")
        own = torch.zeros(columns, device=device) if sums is None else sums
        moved = [each for each, there in zip(parameters, present, strict=True) if there]
        parts = [each.grad if each.grad is not None else torch.zeros_like(each) for each in moved]
        together = torch.cat([own, *(each.reshape(-1) for each in parts)])
        dist.all_reduce(together, group=self._between_devices)
        at = columns
        for parameter, part in zip(moved, parts, strict=True):
            part.copy_(together[at : at + part.numel()].view(part.shape))
            parameter.grad = part
            at += part.numel()
        return together[:columns]

    def _present(self, parameters: Sequence[nn.Parameter], trouble: BaseException | None) -> list[bool]:
        """Which parameters have a gradient in any process; raises in all where one ran out of memory."""
        said = torch.tensor([int(trouble is not None), *(int(each.grad is not None) for each in parameters)])
        dist.all_reduce(said, op=dist.ReduceOp.MAX)
        if trouble is not None:
            raise trouble
        if said[0]:
            raise MemoryError("out of memory in another process")
        return [bool(each) for each in said[1:]]

    def add_up(self, sums: Tensor | None) -> Tensor | None:
        length = torch.tensor([0 if sums is None else len(sums)])
        dist.all_reduce(length, op=dist.ReduceOp.MAX)
        if length[0] == 0:
            return None
        together = torch.zeros(int(length[0]), dtype=torch.float64) if sums is None else sums.double().cpu()
        dist.all_reduce(together)
        return together

    def settle(self, buffers: Sequence[Tensor]) -> None:
        for each in buffers:
            dist.broadcast(each, src=0, group=self._between_devices)


def holds_batch_norm(model: nn.Module) -> bool:
    return any(isinstance(each, nn.modules.batchnorm._BatchNorm) for each in model.modules())
