"""The host waits for the device once a submission, and nowhere else."""

from collections import Counter
from typing import Any
from unittest import mock

import numpy as np
import torch
from engine.found import FoundNumbers, FoundTensors, is_whole, numbers_of, values_of
from engine.read_back import ReadBack
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


class ReadingBack(SessionTest):
    """Devices of other kinds are told by name alone: their tensors lie in the memory of the host."""

    def read(self, device: str, steps: list[FoundTensors]) -> tuple[list[FoundNumbers], int]:
        read_back = ReadBack(torch.device(device))
        return numbers_of(read_back.read(values_of(steps))), read_back.count

    def test_all_devices_bring_the_same_numbers_in_the_same_shapes(self) -> None:
        alone = FoundTensors(torch.tensor([0.5, 0.25]), None, None)
        whole = FoundTensors(torch.tensor([1.0, 2.0]), torch.tensor(3.0), torch.tensor([4.0, 5.0, 6.0]))
        changed = FoundTensors(torch.ones(2), torch.tensor(7.0), torch.ones(3), torch.arange(6.0).reshape(2, 3))
        unlearned = FoundTensors(torch.ones(2), None, torch.zeros(0))
        given = [alone, whole, changed, unlearned]
        event = mock.Mock()
        with (
            mock.patch.object(torch.cuda, "Event", return_value=event),
            mock.patch.object(torch.cuda, "current_stream"),
            mock.patch.object(torch, "empty", lambda shape, dtype, pin_memory: torch.zeros(shape, dtype=dtype)),
        ):
            for device in ("cpu", "mps", "cuda"):
                with self.subTest(device=device):
                    found, count = self.read(device, given)
                    self.assertEqual(count, 1)
                    for numbers, tensors in zip(found, given, strict=True):
                        for name in ("losses", "statistics", "norms", "change"):
                            value, expected = getattr(numbers, name), getattr(tensors, name)
                            self.assertEqual(value is None, expected is None)
                            if expected is not None:
                                self.assertEqual((value.dtype, value.shape), (np.float64, expected.shape))
                                np.testing.assert_array_equal(value, expected.numpy())
        event.record.assert_called_once()
        event.synchronize.assert_called_once()

    def test_numbers_stay_when_the_device_goes_on(self) -> None:
        losses, norms = torch.ones(2), torch.ones(3)
        ((found,), _) = self.read("cpu", [FoundTensors(losses, None, norms)])
        losses.zero_()
        norms.zero_()
        self.assertEqual(found.losses.tolist(), [1, 1])
        np.testing.assert_array_equal(found.norms, np.ones(3))

    def test_a_step_is_whole_when_loss_statistics_and_gradient_are_finite(self) -> None:
        nan, inf = float("nan"), float("inf")

        def step(loss: float = 1.0, metric: float = 1.0, statistics: float = 1.0, norm: float = 1.0) -> FoundNumbers:
            change = np.array([[inf, nan], [0.0, 1.0]])
            return FoundNumbers(np.array([loss, metric]), np.array(statistics), np.array([3e38, norm]), change)

        self.assertTrue(is_whole(step()))
        self.assertTrue(is_whole(step(metric=nan)))
        self.assertTrue(is_whole(FoundNumbers(np.ones(2), None, None)))
        for bad in (nan, inf):
            for broken in (step(loss=bad), step(statistics=bad), step(norm=bad), step(loss=-bad, norm=bad)):
                self.assertFalse(is_whole(broken))
