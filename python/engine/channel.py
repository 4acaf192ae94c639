"""The two ends of the pipe: a thread of its own reads, so that the end of the pipe or an abort is noticed at once."""

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

from .frames import FrameReader, FrameWriter
from .problems import ProtocolProblem, one_line
from .requests import Request, is_abort, read_request

PROTOCOL_EXIT = 70
END_EXIT = 1 if int(os.environ.get("WORLD_SIZE", "1")) > 1 else 0
"""For torchrun the end of the first process must be a failure, or the others go on."""
MOST_WAITING = 64
SECONDS_FOR_LAST_WORDS = 1.0


class Channel:
    def __init__(self, source: int, sink: int) -> None:
        self._reader = FrameReader(source)
        self._writer = FrameWriter(sink)
        self._writing = threading.Lock()
        self._waiting: deque[Request] = deque()
        self._arrived = threading.Condition()
        self._newest = -1
        self._aborted_up_to = -1
        self.on_arrival: Callable[[Request], None] | None = None

    def start(self) -> None:
        threading.Thread(target=self._listen, name="requests", daemon=True).start()

    def take(self) -> Request:
        """The next request; waits for it."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._waiting)
            return self._waiting.popleft()

    def next_waiting(self) -> Request | None:
        """What `take` would give without waiting."""
        with self._arrived:
            return self._waiting[0] if self._waiting else None

    def wait(self, seconds: float) -> None:
        """Until a request arrives, at most so long."""
        with self._arrived:
            if not self._waiting:
                self._arrived.wait(seconds)

    def is_aborted(self, request: int) -> bool:
        return request <= self._aborted_up_to

    def answer(self, request: int, header: dict[str, Any], payload: bytes = b"") -> None:
        self._send({"id": request, "ok": True, **header}, payload)

    def refuse(self, request: int, code: str, message: str) -> None:
        self._send({"id": request, "ok": False, "code": code, "message": message})

    def _send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        with self._writing:
            try:
                self._writer.write(header, payload)
            except OSError:
                # Nobody is there to read it.
                os._exit(END_EXIT)

    def _listen(self) -> NoReturn:
        try:
            while True:
                frame = self._reader.read()
                if frame is None:
                    os._exit(END_EXIT)
                if is_abort(frame):
                    self._aborted_up_to = self._newest
                    continue
                self._accept(read_request(frame))
        except ProtocolProblem as problem:
            self._fail(str(problem))
        except BaseException as error:  # noqa: BLE001 - without this thread the process would hang.
            self._fail(one_line(error))

    def _accept(self, request: Request) -> None:
        if request.id <= self._newest:
            raise ProtocolProblem(f"request {request.id} came after request {self._newest}")
        if len(self._waiting) >= MOST_WAITING:
            raise ProtocolProblem(f"more than {MOST_WAITING} requests wait")
        self._newest = request.id
        if self.on_arrival is not None:
            self.on_arrival(request)
        with self._arrived:
            self._waiting.append(request)
            self._arrived.notify()

    def _fail(self, message: str) -> NoReturn:
        # Perhaps nobody takes what is written, also not an answer that another thread is in the middle of.
        patience = threading.Timer(SECONDS_FOR_LAST_WORDS, os._exit, [PROTOCOL_EXIT])
        patience.daemon = True
        patience.start()
        with self._writing, contextlib.suppress(OSError, ProtocolProblem):
            self._writer.write({"event": "failed", "code": "protocol", "message": message})
        os._exit(PROTOCOL_EXIT)
