"""A look inside: values of nodes against hooks and formulas, and the first node whose numbers are not finite."""

from typing import Any

import numpy as np
import torch
from engine.requests import Evaluate, Gradients, Peek
from opened import Session, SessionTest, open_again, state_of, steps_of
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

SIX = np.arange(6)


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
