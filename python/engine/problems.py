"""What can be wrong, told in one line and never by a traceback."""


class ProtocolProblem(Exception):
    """The other side does not keep to the frames: nothing that follows can be trusted."""


class EngineProblem(Exception):
    """A request that cannot be answered; the session goes on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PartedProblem(EngineProblem):
    """One process of several failed where the others wait for it: none of them can go on."""

    def __init__(self, code: str, message: str, is_of_another: bool) -> None:
        super().__init__(code, message)
        self.is_of_another = is_of_another
        """Another process failed, and says why."""


class NodeProblem(EngineProblem):
    """A node of the drawing that cannot be computed, by its path."""


def one_line(error: BaseException) -> str:
    """The first line of what an error says, with its kind."""
    lines = str(error).strip().splitlines()
    said = lines[0].strip() if lines else ""
    return f"{type(error).__name__}: {said}"[:1000] if said else type(error).__name__
