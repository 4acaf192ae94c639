"""A look inside: values of nodes against hooks and formulas, and the first node whose numbers are not finite."""

import weakref
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from engine.problems import EngineProblem
from engine.requests import Evaluate, Gradients, Peek
from engine.tracing import Traced
from opened import Session, SessionTest, open_again, state_of, steps_of
from safetensors.torch import load_file
from torch import Tensor, fx, nn
from torch.nn import functional as F
from torch.overrides import TorchFunctionMode

SIX = np.arange(6)


class Operations(TorchFunctionMode):
    """Which of some operations of the library are done."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names
        self.seen: list[str] = []

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func.__name__ in self._names:
            self.seen.append(func.__name__)
        return func(*args, **(kwargs or {}))


def traced_of(session: Session) -> Traced:
    return Traced(session.stepper._generated, session.device)


def watch(value: Tensor) -> Tensor:
    return value


class Peeking(SessionTest):
    def _peek(self, session: Session, paths: tuple[str, ...], mode: str = "evaluate") -> dict[str, Tensor]:
        to = self.folder / "peeked.safetensors"
        session.inspection.peek(Peek(paths, "test", mode, str(to), SIX))
        return load_file(to)

    def test_functional_operations_and_blocks(self) -> None:
        session = open_again("images")
        paths = ("image", "stem", "relu", "blocks/0/conv", "blocks/1/relu", "add", "mean", "drop", "logits", "output")
        found = self._peek(session, paths)
        self.assertEqual(sorted(found), sorted(paths))
        model: Any = session.state.model.eval()
        batch = session.batches.place(session.batches.read("test", SIX))
        with torch.no_grad():
            stem = model.stem(batch.inputs[0])
            first = model.blocks[0](F.relu(stem))
            second = model.blocks[1](first)
            expected = {
                "image": batch.inputs[0],
                "stem": stem,
                "relu": F.relu(stem),
                "blocks/0/conv": model.blocks[0].conv(F.relu(stem)),
                "blocks/1/relu": second,
                "add": second + F.relu(stem),
                "mean": (second + F.relu(stem)).mean((2, 3)),
                "drop": (second + F.relu(stem)).mean((2, 3)),
                "output": model(*batch.inputs),
                "logits": model(*batch.inputs),
            }
        for name, value in expected.items():
            torch.testing.assert_close(found[name], value, msg=name)

    def test_training_mode_drops_and_leaves_no_trace(self) -> None:
        session = open_again("images")
        before = state_of(session)
        first = self._peek(session, ("drop", "mean"), "train")
        kept = first["drop"] != 0
        self.assertTrue(0 < int(kept.sum()) < kept.numel())
        torch.testing.assert_close(first["drop"][kept], first["mean"][kept] / 0.75)
        torch.testing.assert_close(first["drop"], self._peek(session, ("drop",), "train")["drop"])
        self.same_bits(state_of(session), before)

    def test_a_node_of_two_inputs_and_heads(self) -> None:
        session = open_again("numbers")
        found = self._peek(session, ("left", "right", "product", "tanh", "Class", "Value"))
        torch.testing.assert_close(found["product"], found["left"] * found["right"])
        self.assertEqual(found["Value"].shape, (6, 2))

    def test_nothing_is_computed_after_the_last_that_is_wanted(self) -> None:
        session = open_again("images")
        self._peek(session, ("image",))
        for paths, computed in (
            (("blocks/0/conv",), ["conv2d", "relu", "conv2d"]),
            (("stem", "image"), ["conv2d"]),
            (("image",), []),
        ):
            with Operations("conv2d", "relu", "batch_norm", "linear") as operations:
                self._peek(session, paths)
            self.assertEqual(operations.seen, computed)

    def test_the_module_is_traced_once_for_both_modes(self) -> None:
        session = open_again("images")
        with patch.object(fx.Tracer, "trace", autospec=True, side_effect=fx.Tracer.trace) as trace:
            for mode in ("evaluate", "train", "evaluate"):
                self._peek(session, ("drop", "logits"), mode)
            session.inspection.diagnose(steps_of(0, 1)[0])
        self.assertEqual(trace.call_count, 1)

    def test_values_are_let_go(self) -> None:
        session = open_again("images")
        living: list[int] = []
        held: list[weakref.ref[Tensor]] = []

        def visit(_path: str, value: Tensor) -> None:
            held.append(weakref.ref(value))
            living.append(sum(each() is not None for each in held))

        with torch.no_grad():
            traced_of(session).run((torch.zeros(6, 1, 6, 6),), visit)
        # What comes in, what waits for the end of the shortcut, and what was computed last.
        self.assertEqual((len(living), max(living)), (14, 3))

    def test_a_node_that_fails_is_named(self) -> None:
        said = "^The node product cannot be computed: RuntimeError: The size of tensor a .*$"
        with self.assertRaisesRegex(EngineProblem, said) as caught:
            traced_of(open_again("numbers")).run((torch.zeros(6, 4), torch.zeros(6, 3)), lambda *_: None)
        self.assertEqual(caught.exception.code, "engine-failed")

    def test_a_node_in_a_block_for_which_memory_runs_out_is_named(self) -> None:
        session = open_again("images")
        traced = traced_of(session)
        full = RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")
        said = "^The node blocks/1/norm cannot be computed: "
        norms = patch.object(nn.BatchNorm2d, "forward", side_effect=[torch.zeros(6, 4, 6, 6), full])
        with norms, self.assertRaisesRegex(EngineProblem, said) as caught:
            traced.run((torch.zeros(6, 1, 6, 6),), lambda *_: None)
        self.assertEqual(caught.exception.code, "out-of-memory")

    def test_marks_that_are_not_those_of_the_drawing(self) -> None:
        for nodes, said in (
            ((), "marks 9 nodes; its drawing has 0"),
            (tuple((str(at), ("a", "b") if at == 3 else ("a",)) for at in range(9)), "gives 1 values of the node 3"),
        ):
            generated = open_again("numbers").stepper._generated
            generated.NODES = nodes
            with self.assertRaisesRegex(EngineProblem, said):
                Traced(generated, torch.device("cpu"))

    def test_what_torch_fx_cannot_follow(self) -> None:
        generated = open_again("numbers").stepper._generated
        network = type(generated.make_traced())

        def forward(self: nn.Module, point: Tensor, shift: Tensor) -> Tensor:
            return watch(point) if point.sum() > 0 else shift

        with patch.object(network, "forward", forward), self.assertRaisesRegex(EngineProblem, "torch.fx cannot follow"):
            Traced(generated, torch.device("cpu"))

    def test_a_node_that_is_not_there(self) -> None:
        with self.assertRaisesRegex(Exception, "no node nowhere"):
            self._peek(open_again("numbers"), ("nowhere",))


class Diagnosing(SessionTest):
    def _found(self, session: Session) -> dict[str, Any]:
        before = state_of(session)
        (step,) = steps_of(0, 1, sizes=(5, 3))
        found = session.inspection.diagnose(step)
        after = state_of(session)
        for name, value in before.items():
            self.assertTrue(torch.equal(value.nan_to_num(), after[name].nan_to_num()), name)
        return found

    def test_nothing_is_wrong(self) -> None:
        found = self._found(open_again("images"))
        self.assertEqual((found["path"], found["gradients"], found["statistics"]), (None, {}, {}))
        self.assertTrue(np.isfinite(found["loss"]))

    def test_the_first_node_of_several(self) -> None:
        session = open_again("images")
        with torch.no_grad():
            session.state.model.get_parameter("blocks.1.conv.weight")[1].fill_(float("inf"))
            session.state.model.get_parameter("logits.bias").fill_(float("nan"))
        found = self._found(session)
        self.assertEqual((found["path"], found["loss"]), ("blocks/1/conv", None))
        self.assertEqual(found["elements"], 5 * 36)

    def test_a_functional_operation(self) -> None:
        session = open_again("numbers")
        values = session.batches._data.fields("train")["point"].values
        values[3, 2] = 1e30
        found = self._found(session)
        self.assertEqual((found["path"], found["elements"]), ("product", 1))

    def test_a_sum(self) -> None:
        session = open_again("images")
        with torch.no_grad():
            # Both ends of the shortcut are finite, and their sum is not.
            session.state.model.get_parameter("stem.bias").fill_(3e38)
            session.state.model.get_parameter("blocks.0.conv.weight").fill_(0)
            session.state.model.get_parameter("blocks.1.norm.bias").fill_(3e38)
        found = self._found(session)
        self.assertEqual(found["path"], "add")

    def test_an_activation(self) -> None:
        session = open_again("images")
        plain = F.relu
        with patch.object(F, "relu", lambda value, **_: plain(value) / 0):
            found = self._found(session)
        self.assertEqual(found["path"], "relu")

    def test_a_loss(self) -> None:
        session = open_again("numbers")
        session.batches._data.fields("train")["target"].values[4] = float("inf")
        found = self._found(session)
        self.assertEqual((found["path"], found["elements"], found["loss"]), ("Value", 1, None))

    def test_a_gradient(self) -> None:
        session = open_again("numbers")
        generated = session.evaluation._generated
        generated.head_losses = lambda outputs, _: (outputs[0].mean(), (outputs[1] * 0).sum().sqrt())  # type: ignore[method-assign]
        found = self._found(session)
        self.assertIsNone(found["path"])
        self.assertEqual(found["gradients"]["values.bias"], 2)
        self.assertTrue(np.isfinite(found["loss"]))

    def test_statistics(self) -> None:
        session = open_again("images")
        session.state.model.get_buffer("blocks.0.norm.running_mean")[1] = float("nan")
        found = self._found(session)
        self.assertEqual((found["path"], found["statistics"]), (None, {"blocks.0.norm.running_mean": 1}))


class Sums(SessionTest):
    def test_gradients_are_those_of_the_mean_loss(self) -> None:
        session = open_again("numbers")
        before = state_of(session)
        (step,) = steps_of(0, 1, sizes=(5, 3))
        to = self.folder / "gradients.safetensors"
        told = session.gradients(Gradients(step, str(to)))
        batch = session.batches.place(session.batches.read("train", np.arange(8)))
        classes, values = session.state.model(*batch.inputs)
        loss = F.cross_entropy(classes, batch.targets[0]) + 0.5 * F.mse_loss(values, batch.targets[1])
        self.assertAlmostEqual(told["loss"], float(loss.detach()), places=6)
        loss.backward()
        found = load_file(to)
        for name, parameter in session.state.model.named_parameters():
            torch.testing.assert_close(found[name], parameter.grad)
        self.same_bits(state_of(session), before)

    def test_gradients_leave_no_trace(self) -> None:
        session = open_again("images")
        before = state_of(session)
        session.gradients(Gradients(steps_of(0, 1)[0], str(self.folder / "gradients.safetensors")))
        self.same_bits(state_of(session), before)
        self.assertTrue(all(each.grad is None for each in session.state.trainable))

    def test_evaluation_by_hand(self) -> None:
        session = open_again("images")
        to = self.folder / "outputs.safetensors"
        positions = np.array([4, 0, 22, 3, 3, 9, 15])
        told = session.evaluation.run(Evaluate("test", True, 3, str(to), positions), session.state.model, lambda: False)
        batch = session.batches.place(session.batches.read("test", positions))
        output = session.state.model.eval()(*batch.inputs).detach()
        (label,) = batch.targets
        expected = [float(F.cross_entropy(output, label, reduction="sum")), int((output.argmax(1) == label).sum())]
        counts = np.zeros((3, 3))
        for truth, decided in zip(label.tolist(), output.argmax(1).tolist(), strict=True):
            counts[truth, decided] += 1
        self.assertEqual((told.samples, told.aborted, told.sizes), (7, False, [1, 9]))
        np.testing.assert_allclose(told.sums, [*expected, *counts.flatten()], rtol=1e-5, atol=1e-6)
        torch.testing.assert_close(load_file(to)["heads/0"], output)

    def test_two_heads_losses_first(self) -> None:
        session = open_again("numbers")
        told = session.evaluation.run(
            Evaluate("test", False, 4, None, np.arange(6)), session.state.model, lambda: False
        )
        batch = session.batches.place(session.batches.read("test", SIX))
        classes, values = session.state.model(*batch.inputs)
        expected = [
            float(F.cross_entropy(classes, batch.targets[0])) * 6,
            float(F.mse_loss(values, batch.targets[1])) * 6,
            int((classes.argmax(1) == batch.targets[0]).sum()),
            float(F.l1_loss(values, batch.targets[1])) * 6,
        ]
        np.testing.assert_allclose(told.sums, expected, rtol=1e-5)

    def test_an_abort_ends_between_chunks(self) -> None:
        asked = iter([False, False, True])
        session = open_again("numbers")
        told = session.evaluation.run(
            Evaluate("test", False, 4, None, np.arange(20)), session.state.model, lambda: next(asked)
        )
        self.assertEqual((told.samples, told.aborted), (8, True))
