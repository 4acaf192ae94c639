"""Several processes, started by torchrun, that train one network: each has its share of every batch."""

import inspect
import os
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any, NoReturn, TypeVar

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from .memory import is_out_of_memory
from .problems import EngineProblem, PartedProblem, one_line
from .ranks import Call, Ranks
from .requests import Positions

Value = TypeVar("Value")

PATIENCE = timedelta(days=30)
"""A run may be paused for long; a process that dies is noticed by torchrun, which ends the others."""

MARK = "netloom:"
"""Begins the line in which a process that ends all says why; the app shows it instead of what torchrun says of it."""


PARTED_EXIT = 71

FAILED, SHORT_OF_MEMORY, WELL = range(3)
"""How a process is through with what all do; what is worse comes first."""


class FailedElsewhere(Exception):
    """Another process failed, and says why."""


class DistributedRanks(Ranks):
    """Decisions go by way of the hosts (gloo), so that no device has to be waited for; gradients by NCCL on cards."""

    def __init__(self) -> None:
        self.rank = int(os.environ["RANK"])
        self.local_rank = int(os.environ.get("LOCAL_RANK", "0"))
        self.count = int(os.environ["WORLD_SIZE"])
        dist.init_process_group("gloo", timeout=PATIENCE)
        self._between_devices: Any = None
        self._alone: Any = None
        self._synchronized: list[Any] = []
        self._replica: DistributedDataParallel | None = None
        self._make_replica: Callable[[], DistributedDataParallel] | None = None

    def attach(self, device: torch.device) -> None:
        places: list[Any] = [None] * self.count
        self.or_part(lambda: dist.all_gather_object(places, (device.type, device.index, socket.gethostname())))
        _check_places(places)
        self.or_part(lambda: self._make_groups(device))

    def _make_groups(self, device: torch.device) -> None:
        if device.type == "cuda":
            self._between_devices = dist.new_group(backend="nccl", timeout=PATIENCE)
        # Every process makes all of them, as PyTorch wants it, and keeps its own.
        self._alone = [dist.new_group([rank], backend="gloo") for rank in range(self.count)][self.rank]

    def tell(self, action: Any) -> None:
        self.or_part(lambda: dist.broadcast_object_list([action], src=0))

    def hear(self) -> Any:
        heard: list[Any] = [None]
        dist.broadcast_object_list(heard, src=0)
        return heard[0]

    def agree_on(self, flag: bool) -> bool:
        said = torch.tensor([int(flag)])
        dist.broadcast(said, src=0)
        return bool(said[0])

    def fewest(self, count: int) -> int:
        said = torch.tensor([count])
        dist.all_reduce(said, op=dist.ReduceOp.MIN)
        return int(said[0])

    def together(self, act: Callable[[], Value]) -> Value:
        problem: tuple[str, str] | None = None
        answers: list[Value] = []
        try:
            answers.append(act())
        except Exception as error:  # noqa: BLE001 - generated code and libraries may raise anything.
            problem = _told(error)
        problems: list[Any] = [None] * self.count
        self.or_part(lambda: dist.all_gather_object(problems, problem and (*problem, socket.gethostname())))
        for rank, each in enumerate(problems):
            if each is not None:
                code, text, host = each
                raise EngineProblem(code, text if rank == 0 else _said_by(rank, host, text))
        return answers[0]

    def all_or_none(self, act: Callable[[], Value]) -> Value:
        trouble: Exception | None = None
        answers: list[Value] = []
        try:
            answers.append(act())
        except Exception as error:  # noqa: BLE001 - generated code and libraries may raise anything.
            trouble = error
        how = self.fewest(WELL if trouble is None else SHORT_OF_MEMORY if is_out_of_memory(trouble) else FAILED)
        if how == WELL:
            return answers[0]
        # A replica whose pass was not ended refuses the next one.
        self._replica = None
        if trouble is not None and (how == SHORT_OF_MEMORY or not is_out_of_memory(trouble)):
            raise trouble
        raise MemoryError("out of memory in another process") if how == SHORT_OF_MEMORY else FailedElsewhere

    def or_part(self, act: Callable[[], Value]) -> Value:
        try:
            return act()
        except PartedProblem:
            raise
        except Exception as error:
            raise PartedProblem(*_told(error), _is_of_the_exchange(error)) from error

    def forward(self, act: Callable[[], Value]) -> Value:
        # Where statistics are exchanged, the others wait in the middle of it for one that has failed.
        return self.or_part(act) if self._synchronized else self.all_or_none(act)

    def can_synchronize(self, device: torch.device) -> bool:
        # PyTorch's SyncBatchNorm computes on cards alone.
        return device.type == "cuda"

    def synchronized(self, model: nn.Module) -> nn.Module:
        convert: Any = nn.SyncBatchNorm.convert_sync_batchnorm
        converted: nn.Module = convert(model, self._between_devices)
        self._synchronized = [each for each in converted.modules() if _is_batch_norm(each)]
        return converted

    def replicate(self, call: Call, model: nn.Module, has_idle: bool) -> Call:
        if not any(each.requires_grad for each in model.parameters()):
            return call
        # The exchange has another form where some have none: what one process found goes for all.
        has_idle = self.fewest(int(not has_idle)) == 0

        def make() -> DistributedDataParallel:
            return DistributedDataParallel(
                call if isinstance(call, nn.Module) else model,
                process_group=self._between_devices,
                find_unused_parameters=has_idle,
                **_with_own_buffers(),
            )

        self._make_replica = make
        return lambda *inputs: self._current_replica()(*inputs)

    def _current_replica(self) -> DistributedDataParallel:
        if self._replica is None and self._make_replica is not None:
            self._replica = self._make_replica()
        if self._replica is None:
            raise ValueError("no replica")
        return self._replica

    def exchanging(self, now: bool) -> AbstractContextManager[Any]:
        if now or self._make_replica is None:
            return nullcontext()
        quiet: AbstractContextManager[Any] = self._current_replica().no_sync()
        return quiet

    @contextmanager
    def apart(self) -> Iterator[None]:
        for each in self._synchronized:
            each.process_group = self._alone
        try:
            yield
        finally:
            for each in self._synchronized:
                each.process_group = self._between_devices

    def share(self, positions: Positions) -> Positions:
        return np.array_split(positions, self.count)[self.rank]

    def step_share(self, positions: Positions) -> tuple[Positions, float]:
        if len(positions) < self.count:
            # Nobody may stay away from an exchange: all of them train with all of it, each for its part.
            return positions, len(positions) / self.count
        own = self.share(positions)
        return own, len(own)

    @property
    def averaged_over(self) -> int:
        return 1 if self._make_replica is None else self.count

    def add_rows(self, row: Tensor) -> Tensor:
        dist.all_reduce(row, group=self._between_devices)
        return row

    def add_up(self, sums: Tensor | None) -> Tensor | None:
        length = torch.tensor([0 if sums is None else len(sums)])
        dist.all_reduce(length, op=dist.ReduceOp.MAX)
        if length[0] == 0:
            return None
        together = torch.zeros(int(length[0]), dtype=torch.float64) if sums is None else sums.double().cpu()
        dist.all_reduce(together)
        return together

    def settle(self, model: nn.Module) -> None:
        # Statistics that were exchanged are the same in all already.
        if self._synchronized:
            return
        for each in model.buffers():
            dist.broadcast(each, src=0, group=self._between_devices)


def holds_batch_norm(model: nn.Module) -> bool:
    return any(_is_batch_norm(each) for each in model.modules())


def _is_batch_norm(module: nn.Module) -> bool:
    return isinstance(module, nn.modules.batchnorm._BatchNorm)


def _with_own_buffers() -> dict[str, Any]:
    """Buffers are not copied before each pass; newer versions of PyTorch have another name for it."""
    known = inspect.signature(DistributedDataParallel.__init__).parameters
    return {"forward_sync_buffers" if "forward_sync_buffers" in known else "broadcast_buffers": False}


def _check_places(places: list[tuple[str, int | None, str]]) -> None:
    """One kind of device for all, and a card for each."""
    kinds = {kind: rank for rank, (kind, _, _) in reversed(list(enumerate(places)))}
    if len(kinds) > 1:
        told = ", ".join(f"process {rank} on {kind} ({places[rank][2]})" for kind, rank in sorted(kinds.items()))
        raise EngineProblem("no-device", f"All processes must train on the same kind of device: {told}.")
    taken: dict[Any, int] = {}
    for rank, place in enumerate(places):
        if place[0] == "cuda" and place in taken:
            raise EngineProblem(
                "no-device",
                f"Processes {taken[place]} and {rank} would train on the same card, cuda:{place[1]} of {place[2]}: "
                "each needs one of its own. Name no number with the device, and start no more processes than "
                "there are cards.",
            )
        taken[place] = rank


def end_for_all(rank: int, problem: PartedProblem) -> NoReturn:
    """The end of a process without which the others cannot go on, with its last words."""
    if not problem.is_of_another:
        print(f"{MARK} {_said_by(rank, socket.gethostname(), str(problem))}", file=sys.stderr, flush=True)
    os._exit(PARTED_EXIT)


def _said_by(rank: int, host: str, text: str) -> str:
    return f"Process {rank} (on {host}): {text}"


def _told(error: Exception) -> tuple[str, str]:
    """Code and words; of what nobody foresaw, standard error has all that Python says."""
    if isinstance(error, EngineProblem):
        return error.code, str(error)
    traceback.print_exception(error, file=sys.stderr)
    return "out-of-memory" if is_out_of_memory(error) else "engine-failed", one_line(error)


def _is_of_the_exchange(error: BaseException) -> bool:
    """Whether it tells of another process rather than of this one."""
    said = str(error).lower()
    if isinstance(error, FailedElsewhere):
        return True
    return isinstance(error, RuntimeError) and any(word in said for word in ("gloo", "nccl", "peer"))
