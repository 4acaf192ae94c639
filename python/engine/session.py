"""An open session: the module on its device, and everything that is asked of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from .batches import TRAINING, Batches
from .checkpoints import load, save, write_tensors
from .device import choose_device
from .distributed import holds_batch_norm
from .evaluation import Evaluation
from .fields import open_data
from .generated import load_generated
from .inspection import Inspection, Parts
from .looking import Looking
from .memory import live_tensors
from .norms import Norms
from .notes import Note, told
from .precision import Precision
from .probes import Probes
from .problems import EngineProblem
from .ranks import Ranks
from .read_back import ReadBack
from .requests import Evaluate, Gradients, Step, Submit
from .settings import Settings
from .snapshots import Snapshots
from .state import State
from .stepper import Stepper
from .streams import draw_from
from .work import Reads, Tools

BATCH_NORM = (
    "BatchNorm computes its statistics over the share of each process, so several processes train a little "
    "differently than one."
)


@dataclass(frozen=True)
class Session:
    settings: Settings
    device: torch.device
    state: State
    stepper: Stepper
    batches: Batches
    submissions: Snapshots | Looking
    evaluation: Evaluation
    inspection: Inspection
    probes: Probes
    notes: list[Note]

    def read_ahead(self, request: Submit) -> Reads:
        return [self.batches.read_later(step) for step in request.steps]

    def evaluate(self, request: Evaluate, is_aborted: Callable[[], bool]) -> tuple[dict[str, Any], bytes]:
        found = self.evaluation.run(request, self.state.model, is_aborted)
        header = {"samples": found.samples, "aborted": found.aborted, "sizes": found.sizes}
        return header, found.sums.astype("<f8").tobytes()

    def gradients(self, request: Gradients) -> dict[str, Any]:
        """What a submission would descend before clipping; nothing changes."""
        step: Step = request.step
        self.state.keep_buffers()
        try:
            batches = self.batches.placing(self.batches.read_whole(step))
            loss = float(self.stepper.gradients_alone(step, batches)[0])
            named = self.state.model.named_parameters()
            write_tensors(Path(request.to), {name: each.grad for name, each in named if each.grad is not None})
        finally:
            self.state.drop_gradients()
            self.state.put_back_buffers()
        return {"loss": loss if torch.tensor(loss).isfinite() else None}

    def save(self, to: Path) -> None:
        save(self.state, self.settings.slots, to)

    def load(self, source: Path) -> dict[str, Any]:
        return dict(load(self.state, self.settings.slots, source))

    def memory(self) -> dict[str, Any]:
        return live_tensors(self.device)

    def describe(self) -> dict[str, Any]:
        return {
            "device": str(self.device),
            "precision": self.stepper.precision.name,
            "channelsLast": self.batches.channels_last,
            "compile": self.stepper.call is not self.state.model,
            "notes": self.notes,
        }


def open_session(given: Settings, ranks: Ranks) -> Session:
    settings = given.settled()
    device = ranks.together(lambda: _chosen_device(settings, ranks))
    ranks.attach(device)
    session = ranks.together(lambda: _build(settings, device, ranks))
    ranks.or_part(lambda: _prepare(session, ranks))
    return session


def _chosen_device(settings: Settings, ranks: Ranks) -> torch.device:
    device = choose_device(settings.device, ranks.local_rank)
    if device.type == "cuda":
        torch.cuda.set_device(device)
    return device


def _build(settings: Settings, device: torch.device, ranks: Ranks) -> Session:
    """What every process makes without a word to the others."""
    options = settings.options
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    make_deterministic(options.deterministic)
    generated = load_generated(settings.folder)
    notes: list[Note] = []
    draw_from(device, settings.seed, 0, 0)
    model = generated.make_model().to(device)
    if ranks.count > 1 and holds_batch_norm(model):
        if ranks.can_synchronize(device):
            model = ranks.synchronized(model)
        else:
            notes.append(told("batchNorm", BATCH_NORM))
    state = State(model, generated.make_optimizer)
    if settings.start is not None:
        load(state, settings.slots, settings.start)
    named = dict(model.named_parameters(remove_duplicate=False))
    unknown = [name for group in settings.groups for name in group if name not in named]
    if unknown:
        raise EngineProblem("bad-request", f"The module has no parameter {unknown[0]}.")
    norms = Norms(state.trainable, [[named[name] for name in group] for group in settings.groups], device)
    precision = Precision("float32" if options.precision == "auto" else options.precision, device)
    stepper = Stepper(generated, state, settings.heads, norms, precision, settings.seed, device, ranks)
    data = open_data(settings.data_file, device.type == "cuda")
    batches = Batches(data, generated, device, ranks)
    read_back = ReadBack(device)
    inspection = Inspection(Parts(settings.folder, generated, state, stepper, batches, settings.seed))
    tools = Tools(stepper, state, batches, read_back, inspection, ranks)
    looks = options.undo == "look" or (options.undo == "auto" and device.type == "cpu")
    return Session(
        settings=settings,
        device=device,
        state=state,
        stepper=stepper,
        batches=batches,
        submissions=Looking(tools) if looks else Snapshots(tools),
        evaluation=Evaluation(generated, stepper, batches, read_back, ranks, len(settings.heads)),
        inspection=inspection,
        probes=Probes(settings, tools, data.count(TRAINING)),
        notes=notes,
    )


def _prepare(session: Session, ranks: Ranks) -> None:
    """What all processes decide and set up together."""
    session.notes.extend(session.probes.run())
    stepper, state = session.stepper, session.state
    if ranks.count > 1:
        stepper.replica = ranks.replicate(stepper.call, state.model, session.probes.finds_idle())


def make_deterministic(wanted: bool) -> None:
    torch.use_deterministic_algorithms(wanted)
    torch.backends.cudnn.benchmark = not wanted
    torch.backends.cudnn.deterministic = wanted
