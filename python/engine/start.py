"""How the process begins: its pipes are put where no library prints to, and it will not outlive its parent."""

import ctypes
import os
import signal
import sys

from .channel import Channel

PR_SET_PDEATHSIG = 1


def start() -> None:
    # cuBLAS reads this once, before anything is known of the session; deterministic sessions need it.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    # A terminal sends this to all its processes; the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    if int(os.environ.get("RANK", "0")) > 0:
        for descriptor in (0, 1):
            os.dup2(os.open(os.devnull, os.O_RDWR) if descriptor == 0 else 2, descriptor)
        from .serve import follow

        follow()
        return
    channel = own_pipes()
    channel.start()
    # Importing PyTorch takes a second or more; meanwhile the channel notices if the parent goes.
    from .serve import serve

    serve(channel)


def own_pipes() -> Channel:
    """Takes standard input and output for frames; what is printed goes to standard error, what reads finds nothing."""
    sys.stdout.flush()
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return Channel(source, sink)


def die_with_parent() -> None:
    """On Linux the kernel ends this process with its parent; elsewhere the end of standard input does."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
