"""Frames on a pipe: a fixed beginning, a header in JSON and a payload of raw bytes, numbered in each direction."""

import json
import os
import struct
from dataclasses import dataclass
from typing import Any

from .problems import ProtocolProblem

MAGIC = b"NLF1"
BEGINNING = struct.Struct("<4sIII")
MOST_HEADER = 1 << 20
MOST_PAYLOAD = 256 << 20
AT_ONCE = 1 << 16
"""Bytes that pass in one call: each call may cost the thread that computes its turn."""


@dataclass(frozen=True)
class Frame:
    header: dict[str, Any]
    payload: bytes


class FrameReader:
    """Reads from a file descriptor; whatever is not a frame is a `ProtocolProblem`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._sequence = 0
        self._ahead = memoryview(b"")
        """Read and not yet taken."""

    def read(self) -> Frame | None:
        """The next frame; None where the pipe ends between two frames."""
        beginning = self._take(BEGINNING.size, may_end=True)
        if beginning is None:
            return None
        magic, header_length, payload_length, sequence = BEGINNING.unpack(beginning)
        if magic != MAGIC:
            raise ProtocolProblem(f"a frame begins with {magic!r} and not with {MAGIC!r}")
        if sequence != self._sequence:
            raise ProtocolProblem(f"frame {sequence} came where frame {self._sequence} was due")
        if header_length > MOST_HEADER:
            raise ProtocolProblem(f"a header of {header_length} bytes is longer than {MOST_HEADER}")
        if payload_length > MOST_PAYLOAD:
            raise ProtocolProblem(f"a payload of {payload_length} bytes is longer than {MOST_PAYLOAD}")
        header = parse_header(bytes(self._take(header_length) or b""))
        payload = bytes(self._take(payload_length) or b"")
        self._sequence += 1
        return Frame(header, payload)

    def _take(self, count: int, may_end: bool = False) -> bytearray | None:
        taken = bytearray(count)
        at = 0
        while at < count:
            self._ahead = self._ahead or memoryview(os.read(self._descriptor, AT_ONCE))
            if not self._ahead:
                if may_end and at == 0:
                    return None
                raise ProtocolProblem(f"the pipe ended {count - at} bytes before the end of a frame")
            piece = self._ahead[: count - at]
            taken[at : at + len(piece)] = piece
            self._ahead = self._ahead[len(piece) :]
            at += len(piece)
        return taken


class FrameWriter:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._sequence = 0

    def write(self, header: dict[str, Any], payload: bytes = b"") -> None:
        text = json.dumps(header, allow_nan=False).encode()
        if len(text) > MOST_HEADER or len(payload) > MOST_PAYLOAD:
            raise ProtocolProblem(f"an answer of {len(text)} and {len(payload)} bytes does not fit into a frame")
        beginning = BEGINNING.pack(MAGIC, len(text), len(payload), self._sequence)
        self._sequence += 1
        if len(payload) <= AT_ONCE:
            self._give(beginning + text + payload)
            return
        self._give(beginning + text)
        self._give(payload)

    def _give(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]


def parse_header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProtocolProblem("a header is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolProblem("a header is not an object")
    return header


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
