"""What several processes on cards do, as far as it can be told without cards and without the others."""

import unittest
from typing import Any

import torch
from engine.distributed import DistributedRanks, _check_places
from engine.problems import EngineProblem
from torch import nn

CARDS, ALONE = "between cards", "alone"


def on_cards() -> DistributedRanks:
    ranks = DistributedRanks.__new__(DistributedRanks)
    ranks.rank, ranks.count = 1, 3
    ranks._between_devices, ranks._alone = CARDS, ALONE
    ranks._synchronized, ranks._replica, ranks._make_replica = [], None, None
    return ranks


class OnCards(unittest.TestCase):
    def test_statistics_go_the_way_of_the_gradients_and_not_where_one_looks_alone(self) -> None:
        ranks = on_cards()
        plain = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Sequential(nn.BatchNorm2d(2)))
        weight = plain.get_parameter("1.0.weight")
        model = ranks.synchronized(plain)
        norm: Any = model.get_submodule("1.0")
        self.assertIsInstance(norm, nn.SyncBatchNorm)
        self.assertIs(norm.weight, weight)
        self.assertEqual(norm.process_group, CARDS)
        with ranks.apart():
            self.assertEqual(norm.process_group, ALONE)
        self.assertEqual(norm.process_group, CARDS)

    def test_cards_alone_synchronize(self) -> None:
        self.assertTrue(on_cards().can_synchronize(torch.device("cuda", 0)))
        self.assertFalse(on_cards().can_synchronize(torch.device("cpu")))

    def test_every_process_has_a_card_of_its_own(self) -> None:
        _check_places([("cuda", 0, "one"), ("cuda", 1, "one"), ("cuda", 0, "two")])
        _check_places([("cpu", None, "one"), ("cpu", None, "one")])
        with self.assertRaises(EngineProblem) as raised:
            _check_places([("cuda", 0, "one"), ("cuda", 1, "one"), ("cuda", 1, "one")])
        self.assertIn("Processes 1 and 2 would train on the same card, cuda:1 of one", str(raised.exception))

    def test_all_train_on_the_same_kind_of_device(self) -> None:
        with self.assertRaises(EngineProblem) as raised:
            _check_places([("cuda", 0, "one"), ("cpu", None, "two"), ("cpu", None, "two")])
        self.assertIn("process 1 on cpu (two), process 0 on cuda (one)", str(raised.exception))

    def test_shares_are_even_and_a_batch_that_is_too_small_is_everybodys(self) -> None:
        ranks = on_cards()
        self.assertEqual(list(ranks.share(torch.arange(7).numpy())), [3, 4])
        self.assertEqual(ranks.step_share(torch.arange(7).numpy())[1], 2)
        positions, counts = ranks.step_share(torch.arange(2).numpy())
        self.assertEqual((list(positions), counts), ([0, 1], 2 / 3))
