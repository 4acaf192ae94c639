"""Rows are read where they are needed, or ahead by another thread where the data are large; the numbers are the same."""

import threading
from unittest import mock

import numpy as np
from engine import reading
from engine.fields import Data
from engine.requests import Evaluate
from engine.session import Session
from opened import SessionTest, open_again, state_of, steps_of, submit


def readers_of(session: Session) -> set[int]:
    """Trains three steps and judges; tells which threads have read."""
    threads: set[int] = set()
    honest = Data.read

    def watched(*given: object) -> object:
        threads.add(threading.get_ident())
        return honest(*given)  # type: ignore[arg-type]

    with mock.patch.object(Data, "read", watched):
        submit(session, steps_of(0, 3))
        session.evaluate(Evaluate("train", False, 4, None, np.arange(8)), lambda: False)
    return threads


class Reading(SessionTest):
    def test_small_data_are_read_by_the_thread_that_computes(self) -> None:
        self.assertEqual(readers_of(open_again("images")), {threading.get_ident()})

    def test_large_data_are_read_ahead_and_give_the_same_numbers(self) -> None:
        small = open_again("images")
        readers_of(small)
        with mock.patch.object(reading, "MOST_BYTES_AT_HAND", 0):
            large = open_again("images")
        self.assertNotIn(threading.get_ident(), readers_of(large))
        ours, theirs = state_of(small), state_of(large)
        self.assertTrue(all(ours[name].equal(theirs[name]) for name in ours))
