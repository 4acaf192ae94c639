"""The host waits for the device once a submission, and nowhere else."""

from collections import Counter
from typing import Any

from opened import SessionTest, open_again, steps_of, submit
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode


class Looks(TorchDispatchMode):
    """Counts what brings a value to the host, apart from the counters of optimizers, which live there."""

    def __init__(self, counters: list[Tensor]) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self._counters = {each.data_ptr() for each in counters}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = str(func)
        looks = name.startswith(("aten._local_scalar_dense", "aten.is_nonzero", "aten.nonzero", "aten.equal"))
        if looks and not (isinstance(args[0], Tensor) and args[0].data_ptr() in self._counters):
            self.seen[name] += 1
        return func(*args, **(kwargs or {}))


class OneReadBack(SessionTest):
    def test_one_a_submission_however_many_steps(self) -> None:
        for count in (1, 2, 17):
            session = open_again("images")
            steps = steps_of(0, count, sizes=(4, 4), clip=0.1)
            done = submit(session, steps, ratio_every=2)
            self.assertEqual((len(done.rows), done.read_backs), (count, 1))

    def test_no_value_is_looked_at_on_the_way(self) -> None:
        for name in ("images", "numbers"):
            session = open_again(name)
            submit(session, steps_of(0, 1))
            counters = [own["step"] for own in session.state.optimizer.state.values() if "step" in own]
            with Looks(counters) as looks:
                submit(session, steps_of(1, 3, clip=0.1), ratio_every=2)
            self.assertEqual(dict(looks.seen), {})

    def test_the_watch_sees_what_it_watches_for(self) -> None:
        session = open_again("numbers")
        honest = session.evaluation._generated.head_losses

        def looking(outputs: Any, targets: Any) -> Any:
            losses = honest(outputs, targets)
            losses[0].item()
            return losses

        session.evaluation._generated.head_losses = looking  # type: ignore[method-assign]
        with Looks([]) as looks:
            submit(session, steps_of(0, 3))
        self.assertEqual(dict(looks.seen), {"aten._local_scalar_dense.default": 3})
