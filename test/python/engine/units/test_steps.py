"""Steps against loops of PyTorch written by hand, and against each other."""

import importlib
import sys
from collections.abc import Iterable
from typing import Any
from unittest import mock

import numpy as np
import torch
from engine.checkpoints import write_tensors
from engine.norms import Norms
from engine.problems import EngineProblem
from engine.requests import Step
from engine.streams import draw_from
from engine.together import update_in_one_pass
from opened import SESSIONS, SessionTest, forget, open_again, opening, state_of, steps_of, submit
from torch import Tensor, nn
from torch.nn import functional as F

UNDOS = ("snapshot", "look")
CLIP = 0.8


def fields(name: str, part: str = "train") -> dict[str, Tensor]:
    """The data as the test wrote them, read another way than the engine does."""
    found: dict[str, Tensor] = {}
    for path in (SESSIONS / name).glob(f"{part}_*.bin"):
        field = path.stem.removeprefix(f"{part}_")
        if field == "image":
            found[field] = torch.tensor(np.fromfile(path, np.uint8) / 255, dtype=torch.float32).reshape(-1, 1, 6, 6)
        elif field == "label":
            found[field] = torch.tensor(np.fromfile(path, np.int32)).long()
        else:
            found[field] = torch.tensor(np.fromfile(path, np.float32)).reshape(-1, 4 if field == "point" else 2)
    return found


def fresh(name: str) -> Any:
    """The generated session, with the weights that the engine begins with."""
    forget()
    sys.path.insert(0, str(SESSIONS / name))
    module = importlib.import_module("session")
    draw_from(torch.device("cpu"), opening(name)["seed"], 0, 0)
    return module


def norm(values: Iterable[Tensor]) -> float:
    return float(torch.cat([each.flatten() for each in values]).double().norm())


class AgainstHandWritten(SessionTest):
    def test_accumulation_and_clipping(self) -> None:
        steps = steps_of(0, 6, sizes=(5, 3, 2), clip=CLIP, rate=0.1)
        generated = fresh("numbers")
        model = generated.make_model()
        optimizer = generated.make_optimizer(model)
        data = fields("numbers")
        losses: list[float] = []
        norms: list[float] = []
        for step in steps:
            optimizer.zero_grad()
            total = 0.0
            for rows in map(torch.from_numpy, step.micro_batches):
                point, label, target = (data[each][rows] for each in ("point", "label", "target"))
                classes, values = model(point, point)
                loss = F.cross_entropy(classes, label) + 0.5 * F.mse_loss(values, target)
                (loss * len(rows) / 10).backward()
                total += loss.item() * len(rows) / 10
            norms.append(float(nn.utils.clip_grad_norm_(model.parameters(), CLIP)))
            optimizer.step()
            losses.append(total)
        for undo in UNDOS:
            with self.subTest(undo):
                session = open_again("numbers", undo=undo)
                done = submit(session, steps)
                np.testing.assert_allclose(done.rows[:, 0], losses, rtol=1e-6)
                np.testing.assert_allclose(done.rows[:, 5], norms, rtol=1e-6)
                self.assertTrue(min(norms) < CLIP < max(norms), "some steps are clipped and some are not")
                for name, value in model.state_dict().items():
                    found = session.state.model.state_dict()[name]
                    np.testing.assert_allclose(found, value, rtol=1e-6, atol=1e-7)

    def test_batch_norm_dropout_and_adam(self) -> None:
        generated = fresh("images")
        model = generated.make_model()
        optimizer = generated.make_optimizer(model)
        data = fields("images")
        model.train()
        losses: list[float] = []
        hits: list[float] = []
        steps = steps_of(0, 4, rate=0.003)
        for step in steps:
            rows = torch.from_numpy(step.micro_batches[0])
            optimizer.zero_grad()
            draw_from(torch.device("cpu"), 5, step.index, 0)
            output = model(data["image"][rows])
            loss = F.cross_entropy(output, data["label"][rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            hits.append(float((output.argmax(1) == data["label"][rows]).float().mean()))
        session = open_again("images")
        done = submit(session, steps)
        np.testing.assert_allclose(done.rows[:, 0], losses, rtol=1e-6)
        np.testing.assert_allclose(done.rows[:, 1], losses, rtol=1e-6)
        np.testing.assert_allclose(done.rows[:, 2], hits, rtol=1e-6)
        for name, value in model.state_dict().items():
            np.testing.assert_allclose(session.state.model.state_dict()[name], value, rtol=1e-5, atol=1e-6)

    def test_an_update_in_one_pass_is_that_of_pytorch(self) -> None:
        for data in ("images", "numbers"):
            for channels_last in (False, True):
                ended: list[dict[str, Tensor]] = []
                for fused in (True, None):
                    with mock.patch("engine.together._has_one_pass", return_value=fused):
                        session = open_again(data)
                    self.assertEqual({group["fused"] for group in session.state.optimizer.param_groups}, {fused})
                    if channels_last:
                        session.state.set_format(torch.channels_last)
                    submit(session, steps_of(0, 5))
                    ended.append(state_of(session))
                for name, value in ended[0].items():
                    np.testing.assert_allclose(value, ended[1][name], rtol=1e-5, atol=1e-6, err_msg=name)

    def test_an_optimizer_without_one_pass_goes_on_as_it_does(self) -> None:
        weights = [nn.Parameter(torch.ones(3))]
        for without in (torch.optim.Rprop(weights), torch.optim.SGD([nn.Parameter(torch.ones(3, device="meta"))])):
            update_in_one_pass(without)
            self.assertFalse(without.param_groups[0].get("fused"))
        with_one = torch.optim.AdamW(weights)
        update_in_one_pass(with_one)
        self.assertTrue(with_one.param_groups[0]["fused"])

    def test_norms_and_ratios(self) -> None:
        (step,) = steps_of(0, 1, rate=0.1)
        for undo in UNDOS:
            session = open_again("numbers", undo=undo)
            groups = opening("numbers")["groups"]
            named = dict(session.state.model.named_parameters())
            before = {name: value.detach().clone() for name, value in named.items()}
            (row,) = submit(session, (step,), ratio_every=1).rows
            self.assertEqual(len(row), 1 + 2 + 2 + 1 + 3 + 3)
            grads = {name: value.grad for name, value in named.items()}
            self.assertAlmostEqual(row[5] / norm(grads.values()), 1, places=6)
            for at, group in enumerate(groups):
                self.assertAlmostEqual(row[6 + at] / norm([grads[name] for name in group]), 1, places=6)
                moved = norm([named[name].detach() - before[name] for name in group])
                self.assertAlmostEqual(row[9 + at] / (moved / norm([before[name] for name in group])), 1, places=5)

    def test_columns_that_nobody_asked_for_are_nan(self) -> None:
        session = open_again("numbers")
        # Clipping needs the norms, and tells none.
        quiet = submit(session, steps_of(0, 2, clip=0.1), telemetry=False).rows
        self.assertTrue(np.isnan(quiet[:, 5:]).all() and np.isfinite(quiet[:, :5]).all())
        every_second = submit(session, steps_of(2, 2), ratio_every=2).rows
        self.assertEqual(np.isnan(every_second[:, 9]).tolist(), [False, True])


class WithoutGradients(SessionTest):
    def test_parameters_without_one_count_as_nothing(self) -> None:
        first, second, third = (nn.Parameter(torch.ones(size)) for size in (4, 9, 16))
        norms = Norms((first, second, third), ((third,), (second, first)), torch.device("cpu"))
        ones = [each.detach() for each in (first, second, third)]
        for given, squares in (
            (ones, [16, 13, 29]),
            ([None, *ones[1:]], [16, 9, 25]),
            ([*ones[:2], None], [0, 13, 13]),
            ([None, *ones[1:]], [16, 9, 25]),
            (ones, [16, 13, 29]),
            ([None] * 3, [0, 0, 0]),
        ):
            total, *by_group = norms.by_group(norms.of(given).double().numpy()[None])[0] ** 2
            np.testing.assert_allclose([*by_group, total], squares, rtol=1e-6)

    def test_what_no_group_names_counts_in_the_norm_of_all(self) -> None:
        named, nameless = (nn.Parameter(torch.ones(size)) for size in (9, 16))
        for groups, expected in ((((named,),), [5, 3]), ((), [5])):
            norms = Norms((named, nameless), groups, torch.device("cpu"))
            found = norms.by_group(norms.of([named.detach(), nameless.detach()]).double().numpy()[None])
            np.testing.assert_array_equal(found, [expected])

    def test_a_group_that_runs_away_leaves_the_others_alone(self) -> None:
        weights = tuple(nn.Parameter(torch.ones(2)) for _ in range(3))
        norms = Norms(weights, [[each] for each in weights], torch.device("cpu"))
        before = [torch.ones(2), torch.zeros(2), torch.zeros(2)]
        after = [torch.full((2,), 3.0), torch.full((2,), float("inf")), torch.zeros(2)]
        ratios = norms.ratios(norms.of_change(before, after).double().numpy())
        np.testing.assert_array_equal(ratios, [2, np.inf, 0])


class NothingLearns(SessionTest):
    def test_losses_are_told_all_the_same(self) -> None:
        for undo in UNDOS:
            honest = torch.nn.Linear

            class Fixed(honest):  # type: ignore[misc, valid-type]
                def __init__(self, *given: int) -> None:
                    super().__init__(*given)
                    self.requires_grad_(False)

            with mock.patch.object(torch.nn, "Linear", Fixed):
                session = open_again("numbers", undo=undo)
            self.assertEqual(session.state.trainable, [])
            rows = submit(session, steps_of(0, 2, clip=1.0), ratio_every=1).rows
            again = submit(session, steps_of(0, 2, clip=1.0), ratio_every=1).rows
            np.testing.assert_array_equal(rows, again)
            self.assertEqual(rows[0, 5], 0.0)


class Undoing(SessionTest):
    def test_both_ways_are_equal_to_the_bit(self) -> None:
        one, other = (open_again("images", undo=undo) for undo in UNDOS)
        rows = [submit(each, steps_of(0, 5, sizes=(6, 4), clip=1.0), ratio_every=2).rows for each in (one, other)]
        np.testing.assert_array_equal(rows[0], rows[1])
        self.same_bits(state_of(one), state_of(other))

    def test_a_step_that_is_not_finite_changes_nothing(self) -> None:
        for undo in UNDOS:
            for bad in range(4):
                with self.subTest(undo=undo, bad=bad):
                    self._bad_step(undo, bad)

    def _bad_step(self, undo: str, bad: int) -> None:
        steps = steps_of(0, 5)
        expected = open_again("images", undo=undo)
        rows = submit(expected, steps[:bad]).rows if bad > 0 else np.zeros((0, 16))
        session = open_again("images", undo=undo)
        generated = session.evaluation._generated
        honest = generated.head_losses
        poison = steps[bad].micro_batches[0]
        first = fields("images")["label"][torch.from_numpy(poison)]

        def losses(outputs: Any, targets: Any) -> Any:
            found = honest(outputs, targets)
            return (found[0] / 0,) if torch.equal(targets[0], first) else found

        generated.head_losses = losses  # type: ignore[method-assign]
        done = submit(session, steps)
        self.assertEqual((len(done.rows), done.reason), (bad, "not finite"))
        np.testing.assert_array_equal(done.rows, rows[:, : done.rows.shape[1]] if bad else done.rows)
        self.same_bits(state_of(session), state_of(expected))
        generated.head_losses = honest  # type: ignore[method-assign]
        again = submit(session, steps[bad:])
        on = submit(expected, steps[bad:])
        np.testing.assert_array_equal(again.rows, on.rows)
        self.same_bits(state_of(session), state_of(expected))

    def test_statistics_that_are_not_finite_end_it_too(self) -> None:
        for undo in UNDOS:
            session = open_again("images", undo=undo)
            # Values so large that their variance is none; what is divided by it is 0, and so the loss stays a number.
            with torch.no_grad():
                session.state.model.get_parameter("blocks.0.conv.weight").mul_(1e25)
            before = state_of(session)
            done = submit(session, steps_of(0, 2))
            self.assertEqual((len(done.rows), done.reason), (0, "not finite"))
            self.same_bits(state_of(session), before)

    def test_a_step_that_fails_names_its_node(self) -> None:
        for undo in UNDOS:
            session = open_again("images", undo=undo)
            before = state_of(session)
            broken = mock.patch.object(nn.BatchNorm2d, "forward", side_effect=ValueError("of no use"))
            said = "^The node blocks/0/norm cannot be computed: ValueError: of no use$"
            with broken, self.assertRaisesRegex(EngineProblem, said):
                submit(session, steps_of(0, 2))
            self.same_bits(state_of(session), before)

    def test_what_fails_in_no_node_is_told_in_its_own_words(self) -> None:
        for undo in UNDOS:
            session = open_again("images", undo=undo)
            optimizer = session.state.optimizer
            with (
                mock.patch.object(optimizer, "step", side_effect=ValueError("of no use")),
                self.assertRaisesRegex(ValueError, "^of no use$"),
            ):
                submit(session, steps_of(0, 2))

    def test_abort_ends_after_the_step(self) -> None:
        for undo in UNDOS:
            session = open_again("numbers", undo=undo)
            asked = iter([False, False, True])
            done = submit(session, steps_of(0, 5), is_aborted=asked.__next__)
            self.assertEqual((len(done.rows), done.reason), (2, "aborted"))
            expected = open_again("numbers")
            submit(expected, steps_of(0, 2))
            self.same_bits(state_of(session), state_of(expected))


class Resuming(SessionTest):
    def test_going_on_from_a_file_is_going_on(self) -> None:
        whole = open_again("images")
        submit(whole, steps_of(0, 3))
        whole.save(self.folder / "half.safetensors")
        rows = submit(whole, steps_of(3, 3)).rows
        resumed = open_again("images")
        told = resumed.load(self.folder / "half.safetensors")
        self.assertEqual((told["missing"], told["unused"]), ([], []))
        np.testing.assert_array_equal(submit(resumed, steps_of(3, 3)).rows, rows)
        self.same_bits(state_of(resumed), state_of(whole))

    def test_going_back_in_one_session(self) -> None:
        session = open_again("images")
        submit(session, steps_of(0, 3))
        session.save(self.folder / "half.safetensors")
        rows = submit(session, steps_of(3, 3)).rows
        after = state_of(session)
        session.load(self.folder / "half.safetensors")
        np.testing.assert_array_equal(submit(session, steps_of(3, 3)).rows, rows)
        self.same_bits(state_of(session), after)

    def test_weights_alone_begin_with_slots_of_zero(self) -> None:
        session = open_again("images")
        fresh_state = state_of(session)
        write_tensors(self.folder / "weights", {k: v for k, v in fresh_state.items() if k.startswith("weights/")})
        submit(session, steps_of(0, 3))
        session.load(self.folder / "weights")
        self.same_bits(state_of(session), fresh_state)

    def test_another_split_into_submissions_is_the_same_run(self) -> None:
        one, other = open_again("images"), open_again("images")
        submit(one, steps_of(0, 6))
        for at in range(6):
            submit(other, steps_of(at, 1))
        self.same_bits(state_of(one), state_of(other))

    def test_seeds_decide(self) -> None:
        session = open_again("images")
        stay: Step = steps_of(0, 1, rate=0.0)[0]
        losses = [submit(session, (Step(index, stay.micro_batches, 0.0, 0.0, 1),)).rows[0, 0] for index in (3, 4, 3)]
        self.assertNotEqual(losses[0], losses[1])
        self.assertEqual(losses[0], losses[2])


class Precisions(SessionTest):
    def test_bfloat16_is_close_and_weights_stay_float32(self) -> None:
        exact = submit(open_again("images"), steps_of(0, 3)).rows
        session = open_again("images", precision="bfloat16")
        rows = submit(session, steps_of(0, 3)).rows
        np.testing.assert_allclose(rows[:, 0], exact[:, 0], rtol=2e-2)
        self.assertFalse(np.array_equal(rows[:, 0], exact[:, 0]))
        self.assertTrue(all(each.dtype == torch.float32 for each in session.state.trainable))

    def test_float16_lowers_its_scale_and_loses_no_step(self) -> None:
        for undo in UNDOS:
            exact = open_again("numbers", undo=undo)
            rows = submit(exact, steps_of(0, 4)).rows
            session = open_again("numbers", undo=undo, precision="float16")
            session.stepper.precision.scale = 2.0**40
            done = submit(session, steps_of(0, 4))
            self.assertIsNone(done.reason)
            self.assertLess(session.stepper.precision.scale, 2.0**40)
            np.testing.assert_allclose(done.rows[:, 0], rows[:, 0], rtol=1e-2)
            np.testing.assert_allclose(done.rows[:, 5], rows[:, 5], rtol=3e-2)
