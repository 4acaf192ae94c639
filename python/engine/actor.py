"""Does what is asked of the engine, in the first process and, told by it, in all others alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .device import hello
from .memory import leave_alone_what_stays
from .problems import EngineProblem
from .ranks import Ranks
from .requests import Body, Close, Diagnose, Evaluate, Gradients, Hello, Load, Memory, Open, Peek, Save, Submit
from .session import Session, open_session
from .work import Done, Reads, Work

Answer = tuple[dict[str, Any], bytes]


class Actor:
    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks
        self._session: Session | None = None
        self._works: list[Work] = []
        """Begun and not yet landed: one, or two while the second is handed over."""
        self._place = 0

    def read_ahead(self, body: Submit) -> Reads | None:
        """May be asked by another thread."""
        return None if self._session is None else self._session.read_ahead(body)

    def overlaps(self) -> bool:
        """Whether a submission is handed over while the one before it still computes."""
        return self._ranks.count == 1 and self._session is not None and self._session.submissions.overlaps

    def begin(self, body: Submit, reads: Reads | None, is_aborted: Callable[[], bool]) -> None:
        session = self.session()
        if session.state.is_spoilt:
            raise EngineProblem("engine-failed", "The weights are not whole; load a checkpoint first.")
        self._place = place = 1 - self._place
        reads = reads or session.read_ahead(body)
        work = self._ranks.or_part(lambda: session.submissions.begin(body, reads, is_aborted, place))
        self._works.append(work)

    def is_landed(self) -> bool:
        """Whether the device is through with the oldest submission."""
        return self._works[0].pending is None or self._works[0].pending.is_ready()

    def land(self) -> Done:
        """Ends the oldest submission. Where it ended early, what was begun after it is undone with it."""
        work = self._works.pop(0)
        session = self.session()
        done = self._ranks.or_part(lambda: self._finished(session, work))
        if done.reason is not None:
            self._works.clear()
        return done

    def _finished(self, session: Session, work: Work) -> Done:
        done = session.submissions.finish(work)
        self._ranks.settle(session.state.model)
        return done

    def reply(self, body: Body, is_aborted: Callable[[], bool]) -> Answer:
        if isinstance(body, Hello):
            return hello(body.device), b""
        if isinstance(body, Open):
            return self._open(body), b""
        if isinstance(body, Close):
            return {}, b""
        session = self.session()
        if isinstance(body, Evaluate):
            return self._ranks.or_part(lambda: session.evaluate(body, is_aborted))
        return self._quick(session, body), b""

    def _quick(self, session: Session, body: Body) -> dict[str, Any]:
        if isinstance(body, Load):
            return self._ranks.together(lambda: session.load(Path(body.source)))
        if self._ranks.rank > 0:
            # All processes have the same weights, so one of them is enough for what follows.
            return {}
        if isinstance(body, Peek):
            session.inspection.peek(body)
        elif isinstance(body, Diagnose):
            return session.inspection.diagnose(body.step)
        elif isinstance(body, Gradients):
            return session.gradients(body)
        elif isinstance(body, Save):
            session.save(Path(body.to))
        elif isinstance(body, Memory):
            return session.memory()
        return {}

    def _open(self, body: Open) -> dict[str, Any]:
        if self._session is not None:
            raise EngineProblem("bad-request", "A session is open already; a process has one.")
        self._session = open_session(body.settings, self._ranks)
        leave_alone_what_stays()
        return self._session.describe()

    def session(self) -> Session:
        if self._session is None:
            raise EngineProblem("not-open", "No session is open.")
        return self._session
