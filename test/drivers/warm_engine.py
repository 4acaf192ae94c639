"""Loads PyTorch and the engine once; whoever connects hands over three pipes, and a copy of this process serves them."""

import os
import signal
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))

# Optimizers load it at their first use.
import torch._dynamo  # noqa: F401
from engine import serve  # noqa: F401
from engine.start import die_with_parent, start


def become_engine(connection: socket.socket) -> None:
    """Until it ends, the connection stays open: by that the one who came sees that it is over."""
    _, pipes, _, _ = socket.recv_fds(connection, 1, 3)
    for own, given in enumerate(pipes):
        os.dup2(given, own)
        os.close(given)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    start()


def serve_at(place: str) -> None:
    die_with_parent()
    # Copies that have ended are waited for by nobody.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        print("ready", flush=True)
        while True:
            connection, _ = door.accept()
            if os.fork() == 0:
                door.close()
                become_engine(connection)
                os._exit(0)
            connection.close()


if __name__ == "__main__":
    serve_at(sys.argv[1])
