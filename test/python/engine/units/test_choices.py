"""What is chosen by itself: devices, and faster ways of computing that a probe measured."""

from typing import Any
from unittest import mock

import numpy as np
import torch
from engine import device
from engine.probes import Probes
from engine.problems import EngineProblem
from engine.ranks import Ranks
from opened import SessionTest, open_again, state_of, steps_of, submit


class Devices(SessionTest):
    def test_the_product_of_a_device_that_works(self) -> None:
        told = device.checked_product(torch.device("cpu"))
        self.assertTrue(told["exact"] and told["seconds"] > 0)

    def test_one_wrong_element_is_seen(self) -> None:
        honest = torch.Tensor.__matmul__

        def wrong(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
            product = honest(one, other)
            product[17, 200] += 1
            return product

        with mock.patch.object(torch.Tensor, "__matmul__", wrong):
            self.assertFalse(device.checked_product(torch.device("cpu"))["exact"])

    def test_a_device_that_cannot_multiply_says_why(self) -> None:
        with mock.patch.object(
            torch.Tensor, "__matmul__", side_effect=RuntimeError("no kernel image is available\nmore")
        ):
            told = device.checked_product(torch.device("cpu"))
        self.assertEqual((told["exact"], told["reason"]), (False, "RuntimeError: no kernel image is available"))

    def test_a_library_without_cuda(self) -> None:
        with mock.patch.object(torch.version, "cuda", None):
            self.assertEqual(device.cuda_reason(), "This PyTorch was built without CUDA.")

    def test_a_machine_without_a_driver(self) -> None:
        words = "Found no NVIDIA driver on your system. Please check.\nsecond line"
        with (
            mock.patch.object(torch.version, "cuda", "12.8"),
            mock.patch.object(torch.cuda, "is_available", return_value=False),
            mock.patch.object(torch.cuda, "init", side_effect=RuntimeError(words)),
        ):
            self.assertEqual(device.cuda_reason(), words.splitlines()[0])
            with self.assertRaises(EngineProblem) as raised:
                device.choose_device("cuda")
            self.assertEqual(raised.exception.code, "no-device")
            self.assertEqual(device.choose_device("auto").type, "cpu")

    def test_a_library_for_other_cards(self) -> None:
        with (
            mock.patch.object(torch.version, "cuda", "12.8"),
            mock.patch.object(torch.cuda, "is_available", return_value=True),
            mock.patch.object(torch.cuda, "get_device_capability", return_value=(5, 0)),
            mock.patch.object(torch.cuda, "get_device_name", return_value="Old Card"),
            mock.patch.object(torch.cuda, "get_arch_list", return_value=["sm_75", "sm_80", "compute_80"]),
        ):
            reason = "Old Card has compute capability 5.0; this PyTorch was built for sm_75, sm_80, compute_80."
            self.assertEqual(device.cuda_reason(), reason)
            self.assertEqual(device.choose_device("auto").type, "cpu")

    def test_what_runs_where(self) -> None:
        table = {
            ("sm_80", (8, 6)): True,
            ("sm_86", (8, 0)): False,
            ("sm_80", (9, 0)): False,
            ("compute_80", (9, 0)): True,
            ("compute_90", (8, 9)): False,
            ("sm_90a", (9, 0)): True,
            ("sm_120", (12, 0)): True,
        }
        for (arch, capability), runs in table.items():
            self.assertEqual(device._runs(arch, capability), runs, arch)

    def test_a_device_that_nobody_knows(self) -> None:
        for asked in ("toaster", "meta", "cuda:99"):
            with self.assertRaises(EngineProblem) as raised:
                device.choose_device(asked)
            self.assertEqual(raised.exception.code, "no-device", asked)

    def test_more_processes_than_cards(self) -> None:
        with (
            mock.patch.object(torch.cuda, "is_available", return_value=True),
            mock.patch.object(torch.cuda, "device_count", return_value=1),
            mock.patch.object(device, "cuda_reason", return_value=None),
        ):
            self.assertEqual(device.choose_device("auto", 0), torch.device("cuda", 0))
            for asked in ("auto", "cuda"):
                with self.assertRaises(EngineProblem) as raised:
                    device.choose_device(asked, 1)
                self.assertEqual(raised.exception.code, "no-device")
                self.assertIn("There are 1 CUDA devices", str(raised.exception))


class Measuring(SessionTest):
    def _open(self, seconds: list[float], **options: Any) -> Any:
        """A session whose probes measure what we say."""
        told = iter(seconds)
        honest = Probes._seconds

        def measure(probes: Probes, steps: int) -> float:
            honest(probes, min(steps, 1))
            return next(told)

        with mock.patch.object(Probes, "_seconds", measure):
            return open_again("images", **{"deterministic": False, **options})

    def test_what_is_faster_is_taken_and_its_payback_told(self) -> None:
        session = self._open([0.010, 0.006], channelsLast="auto")
        (note,) = session.notes
        self.assertTrue(note["chosen"] and session.batches.channels_last)
        self.assertEqual((note["about"], note["before"], note["after"]), ("channelsLast", 0.010, 0.006))
        self.assertEqual(note["paysAfter"], round(note["spent"] / 0.004))
        self.assertIn("6 ms a step instead of 10 ms", note["text"])

    def test_each_process_measures_alone_and_the_first_decides(self) -> None:
        exchanged = AssertionError("a probe exchanges, and each process takes its own number of steps")
        with (
            mock.patch.object(Ranks, "add_rows", side_effect=exchanged),
            mock.patch.object(Ranks, "agree_on", return_value=False),
        ):
            session = self._open([0.010, 0.006], channelsLast="auto")
        self.assertFalse(session.notes[0]["chosen"] or session.batches.channels_last)

    def test_what_is_hardly_faster_is_not(self) -> None:
        session = self._open([0.010, 0.0097], channelsLast="auto")
        self.assertFalse(session.notes[0]["chosen"] or session.batches.channels_last)
        self.assertIn("not taken", session.notes[0]["text"])

    def test_nothing_is_measured_where_a_run_must_be_the_same_again(self) -> None:
        options = {"channelsLast": "auto", "precision": "auto", "compile": "auto", "deterministic": True}
        session = self._open([], **options)
        told = session.describe()
        self.assertEqual(told["notes"], [])
        self.assertEqual((told["precision"], told["channelsLast"], told["compile"]), ("float32", False, False))

    def test_probes_leave_no_trace(self) -> None:
        plain = open_again("images")
        probed = self._open([0.010, 0.011], channelsLast="auto")
        self.same_bits(state_of(probed), state_of(plain))
        np.testing.assert_array_equal(submit(probed, steps_of(0, 3)).rows, submit(plain, steps_of(0, 3)).rows)
        self.same_bits(state_of(probed), state_of(plain))

    def test_channels_last_computes_the_same(self) -> None:
        plain, other = open_again("images"), open_again("images", channelsLast=True)
        weight = other.state.model.get_parameter("blocks.0.conv.weight")
        self.assertTrue(weight.is_contiguous(memory_format=torch.channels_last))
        rows = [submit(each, steps_of(0, 3)).rows[:, 0] for each in (plain, other)]
        np.testing.assert_allclose(rows[0], rows[1], rtol=1e-5)
        other.save(self.folder / "weights.safetensors")
        plain.load(self.folder / "weights.safetensors")
        self.same_bits(state_of(plain), state_of(other))

    def test_a_compiler_that_fails_is_told_and_done_without(self) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError("no C++ compiler\n  at line 3")

        with mock.patch.object(torch, "compile", return_value=broken):
            session = open_again("images", compile=True)
        self.assertFalse(session.describe()["compile"])
        self.assertIn("no C++ compiler", session.notes[0]["text"])
        np.testing.assert_array_equal(
            submit(session, steps_of(0, 2)).rows, submit(open_again("images"), steps_of(0, 2)).rows
        )

    def test_what_was_compiled_is_used(self) -> None:
        calls: list[int] = []

        def compiled(model: torch.nn.Module) -> Any:
            def call(*inputs: torch.Tensor) -> Any:
                calls.append(len(inputs[0]))
                return model(*inputs)

            return call

        with mock.patch.object(torch, "compile", side_effect=compiled):
            session = open_again("images", compile=True)
        calls.clear()
        submit(session, steps_of(0, 2))
        self.assertEqual(calls, [8, 8])
        self.assertTrue(session.describe()["compile"])

    def test_memory_that_runs_out_while_probing_is_told(self) -> None:
        with mock.patch.object(Probes, "_seconds", side_effect=MemoryError()):
            session = open_again("images", channelsLast="auto", deterministic=False)
        self.assertEqual([note["about"] for note in session.notes], ["memory"])
