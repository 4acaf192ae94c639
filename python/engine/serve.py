"""Answers requests in their order; a submission may be handed over while the one before it still computes."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from .actor import Actor
from .channel import Channel
from .distributed import DistributedRanks, end_for_all
from .memory import is_out_of_memory
from .problems import EngineProblem, PartedProblem, one_line
from .ranks import Ranks
from .requests import Body, Close, Request, Submit
from .work import Done, Reads

SECONDS_BETWEEN_LOOKS = 0.0005


class Server:
    def __init__(self, channel: Channel, ranks: Ranks) -> None:
        self._channel = channel
        self._ranks = ranks
        self._actor = Actor(ranks)
        self._reads: dict[int, Reads | None] = {}
        self._flying: int | None = None
        """The submission that is handed over but not answered."""
        self._early: dict[int, str] = {}
        """Why the last submission ended early, if it did, by its id."""
        self._failed: int | None = None
        """The last request that ended with an error."""
        channel.on_arrival = self._read_ahead

    def run(self) -> None:
        while True:
            if self._flying is not None and self._lands_before_next():
                self._land()
                continue
            request = self._channel.take()
            body = request.body
            if isinstance(body, Submit):
                self._submit(request.id, body)
                continue
            self._land()
            self._reply(request.id, body)
            if isinstance(body, Close):
                sys.stderr.flush()
                os._exit(0)

    def _lands_before_next(self) -> bool:
        """Waits for the device or for a submission to hand over meanwhile, whichever is first."""
        if not self._actor.overlaps():
            return True
        while not self._follows_flying():
            if self._actor.is_landed():
                return True
            self._channel.wait(SECONDS_BETWEEN_LOOKS)
        return False

    def _follows_flying(self) -> bool:
        waiting = self._channel.next_waiting()
        return waiting is not None and isinstance(waiting.body, Submit) and waiting.body.behind == self._flying

    def _submit(self, id: int, body: Submit) -> None:
        reads = self._reads.pop(id, None)
        if self._flying is not None and body.behind != self._flying:
            self._land()
        before = self._flying
        if body.behind is not None and body.behind == self._failed:
            self._failed = id
            self._channel.refuse(id, "engine-failed", "The submission before this one failed.")
            return
        reason = self._early.get(body.behind) if body.behind is not None else None
        begun = reason is None and self._guarded(id, lambda: self._begin(id, body, reads))
        if before is not None:
            self._land()
            reason = self._early.get(before)
        if begun and reason is None:
            self._flying = id
            self._early = {}
        elif reason is not None and (begun or before is None):
            self._finish(id, Done.nothing(reason))

    def _begin(self, id: int, body: Submit, reads: Reads | None) -> None:
        self._ranks.tell(("begin", body))
        self._actor.begin(body, reads, self._abort_of(id))

    def _land(self) -> None:
        """Answers the submission that flies, if one does."""
        id, self._flying = self._flying, None
        if id is not None:
            self._guarded(id, lambda: self._finish(id, self._landed()))

    def _landed(self) -> Done:
        self._ranks.tell(("land",))
        return self._actor.land()

    def _finish(self, id: int, done: Done) -> None:
        self._early = {} if done.reason is None else {id: done.reason}
        header: dict[str, Any] = {"done": len(done.rows), "readBacks": done.read_backs}
        if done.reason is not None:
            header["reason"] = done.reason
        if done.largest_batch is not None:
            header["largestBatch"] = done.largest_batch
        self._channel.answer(id, header, done.rows.astype("<f8").tobytes())

    def _reply(self, id: int, body: Body) -> None:
        def act() -> None:
            self._ranks.tell(("reply", body))
            header, payload = self._actor.reply(body, self._abort_of(id))
            self._channel.answer(id, header, payload)

        self._guarded(id, act)

    def _abort_of(self, id: int) -> Callable[[], bool]:
        return lambda: self._ranks.agree_on(self._channel.is_aborted(id))

    def _read_ahead(self, request: Request) -> None:
        """In the thread that reads requests: the data of a submission are read while another computes."""
        if isinstance(request.body, Submit):
            self._reads[request.id] = self._actor.read_ahead(request.body)

    def _guarded(self, id: int, act: Callable[[], None]) -> bool:
        """Whether it went well; else it was told in one line, and all that Python says of it on standard error."""
        try:
            act()
            return True
        except PartedProblem as problem:
            if not problem.is_of_another:
                self._channel.refuse(id, problem.code, str(problem))
            end_for_all(self._ranks.rank, problem)
        except EngineProblem as problem:
            self._channel.refuse(id, problem.code, str(problem))
        except Exception as error:  # noqa: BLE001 - generated code and libraries may raise anything.
            traceback.print_exc(file=sys.stderr)
            code = "out-of-memory" if is_out_of_memory(error) else "engine-failed"
            self._channel.refuse(id, code, one_line(error))
        self._failed = id
        return False


def serve(channel: Channel) -> None:
    Server(channel, processes()).run()


def follow() -> None:
    """Does what the first process is asked to do, in all others."""
    ranks = DistributedRanks()
    actor = Actor(ranks)
    while True:
        kind, *body = ranks.hear()
        try:
            if kind == "begin":
                actor.begin(body[0], None, lambda: ranks.agree_on(False))
            elif kind == "land":
                actor.land()
            else:
                actor.reply(body[0], lambda: ranks.agree_on(False))
        except PartedProblem as problem:
            end_for_all(ranks.rank, problem)
        except EngineProblem:
            # The first process has met the same and tells it.
            continue
        if kind == "reply" and isinstance(body[0], Close):
            os._exit(0)


def processes() -> Ranks:
    """Alone, or as torchrun says."""
    return DistributedRanks() if int(os.environ.get("WORLD_SIZE", "1")) > 1 else Ranks()
