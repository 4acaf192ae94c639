"""Memory that runs out, told by a fake: the state is that of whole steps, and the largest batch is found."""

from typing import Any

import numpy as np
import torch
from engine.memory import is_out_of_memory, largest_batch
from engine.problems import EngineProblem
from opened import Session, SessionTest, open_again, state_of, steps_of, submit

UNDOS = ("snapshot", "look")
ALLOCATOR = "[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: can't allocate memory: you tried 9 bytes."


def runs_out_above(session: Session, samples: int, after: int) -> None:
    """From the pass with this number on, more samples than this do not fit."""
    passes = 0

    def allocate(_module: torch.nn.Module, inputs: Any) -> None:
        nonlocal passes
        passes += 1
        if passes > after and len(inputs[0]) > samples:
            raise RuntimeError(ALLOCATOR)

    session.state.model.register_forward_pre_hook(allocate)


class OutOfMemory(SessionTest):
    def test_whole_steps_stay_and_the_largest_batch_is_found(self) -> None:
        for undo in UNDOS:
            for samples, fits in ((5, 4), (6, 6), (1, 1), (0, 1)):
                with self.subTest(undo=undo, samples=samples):
                    expected = open_again("images", undo=undo)
                    rows = submit(expected, steps_of(0, 2)).rows
                    session = open_again("images", undo=undo)
                    runs_out_above(session, samples, after=2)
                    # Only passes over whole batches are done again, and those fit before.
                    done = submit(session, steps_of(0, 4))
                    self.assertEqual((done.reason, done.largest_batch), ("out of memory", fits))
                    if undo == "look":
                        np.testing.assert_array_equal(done.rows, rows)
                        self.same_bits(state_of(session), state_of(expected))

    def test_steps_before_it_are_done_again_after_going_back(self) -> None:
        expected = open_again("images")
        rows = submit(expected, steps_of(0, 2)).rows
        session = open_again("images")
        self._fail_once(session, at=3)
        done = submit(session, steps_of(0, 4))
        self.assertEqual(done.reason, "out of memory")
        np.testing.assert_array_equal(done.rows, rows)
        self.same_bits(state_of(session), state_of(expected))
        np.testing.assert_array_equal(submit(session, steps_of(2, 2)).rows, submit(expected, steps_of(2, 2)).rows)

    def _fail_once(self, session: Session, at: int) -> None:
        passes = 0

        def allocate(*_: object) -> None:
            nonlocal passes
            passes += 1
            if passes == at:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

        session.state.model.register_forward_pre_hook(allocate)

    def test_in_the_middle_of_an_update(self) -> None:
        for undo in UNDOS:
            session = open_again("images", undo=undo)
            before = state_of(session)
            optimizer = session.state.optimizer

            def half(*_: object) -> None:
                with torch.no_grad():
                    session.state.trainable[0].add_(1)  # noqa: B023
                raise torch.OutOfMemoryError("CUDA out of memory.")

            handle = optimizer.register_step_pre_hook(half)
            if undo == "snapshot":
                self.assertEqual(submit(session, steps_of(0, 2)).reason, "out of memory")
                self.same_bits(state_of(session), before)
            else:
                with self.assertRaises(EngineProblem) as raised:
                    submit(session, steps_of(0, 2))
                self.assertEqual(raised.exception.code, "out-of-memory")
                self.assertTrue(session.state.is_spoilt)
            handle.remove()

    def test_a_checkpoint_makes_it_whole_again(self) -> None:
        session = open_again("images", undo="look")
        session.save(self.folder / "before.safetensors")
        session.state.spoil(True)
        session.load(self.folder / "before.safetensors")
        self.assertFalse(session.state.is_spoilt)


class Telling(SessionTest):
    def test_what_is_out_of_memory(self) -> None:
        self.assertTrue(is_out_of_memory(RuntimeError(ALLOCATOR)))
        self.assertTrue(is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)")))
        self.assertTrue(is_out_of_memory(MemoryError()))
        self.assertFalse(is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied")))
        self.assertFalse(is_out_of_memory(ValueError("out of memory")))

    def test_other_errors_of_a_trial_are_not_swallowed(self) -> None:
        def broken(_size: int) -> None:
            raise ValueError("not memory")

        with self.assertRaises(ValueError):
            largest_batch(broken, 8, torch.device("cpu"))
