"""Handwritten digits, attention: training, and judging on the test part."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import lr_scheduler

from model import HandwrittenDigitsAttention

Data = tuple[Tensor, ...]

FOLDER = Path(__file__).parent
SEED = 1
EPOCHS = 15
BATCH_SIZE = 32
LEARNING_RATE = 0.003


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def warm_up_and_cosine(
    optimizer: torch.optim.Optimizer,
    warm_up: float,
    total_updates: int,
    final_factor: float = 0.0,
) -> lr_scheduler.LambdaLR:
    """The learning rate rises in a line for `warm_up` updates, then falls in a cosine."""
    rising = min(math.floor(warm_up + 0.5), total_updates)

    def factor(update: int) -> float:
        if update < rising:
            return (update + 1) / rising
        progress = min(1.0, (update - rising) / max(1, total_updates - rising))
        wave = (1 + math.cos(math.pi * progress)) / 2
        return final_factor + (1 - final_factor) * wave

    return lr_scheduler.LambdaLR(optimizer, factor)


def pick_device() -> torch.device:
    """A graphics card where there is one."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def load_model() -> HandwrittenDigitsAttention:
    """The network with the weights that it was exported with."""
    model = HandwrittenDigitsAttention()
    weights = safetensors.torch.load_file(FOLDER / "weights.safetensors")
    model.load_state_dict(weights)
    return model


def load_data(part: str, device: torch.device) -> Data | None:
    """Inputs and targets, images with channels first; None where there is no such part."""
    fields = ("image", "label")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    loaded = [torch.from_numpy(np.load(file)) for file in files]
    image, label = loaded
    return (image.permute(0, 3, 1, 2).to(device), label.long().to(device))


def batches(data: Data, order: Tensor) -> Iterator[Data]:
    """The samples at these positions, in batches; the last one may be smaller."""
    for rows in order.split(BATCH_SIZE):
        yield tuple(field[rows] for field in data)


def compute_loss(output: Tensor, label: Tensor) -> Tensor:
    """What training minimises, as the mean over a batch."""
    return F.cross_entropy(output, label)


def measure(output: Tensor, label: Tensor) -> dict[str, Tensor]:
    """The loss and the metrics of a batch."""
    return {
        "loss": compute_loss(output, label),
        "accuracy": accuracy(output.argmax(1), label),
    }


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer; biases and normalisation do not decay."""
    decayed = [weight for weight in model.parameters() if weight.dim() > 1]
    others = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.01)


def make_schedule(
    optimizer: torch.optim.Optimizer, updates_per_epoch: int
) -> lr_scheduler.LRScheduler:
    """Moves the learning rate after every update."""
    total_updates = EPOCHS * updates_per_epoch
    return warm_up_and_cosine(optimizer, updates_per_epoch, total_updates)


def train_epoch(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: lr_scheduler.LRScheduler,
    data: Data,
) -> float:
    """One pass over all samples in a new order; gives the mean loss."""
    model.train()
    count = len(data[0])
    total = 0.0
    for image, label in batches(data, torch.randperm(count)):
        optimizer.zero_grad()
        loss = compute_loss(model(image), label)
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item() * len(image)
    return total / count


@torch.no_grad()
def evaluate(model: nn.Module, data: Data) -> dict[str, float]:
    """The loss and the metrics over all samples."""
    model.eval()
    count = len(data[0])
    means: dict[str, Tensor] = {}
    for image, label in batches(data, torch.arange(count)):
        results = measure(model(image), label)
        for name, value in results.items():
            share = value * len(image) / count
            means[name] = means[name] + share if name in means else share
    return {name: mean.item() for name, mean in means.items()}


def describe(measures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.4f}" for name, value in measures.items())


def main() -> None:
    """Trains, keeps the weights of the best epoch, and judges them on the test part."""
    torch.manual_seed(SEED)
    device = pick_device()
    training = load_data("train", device)
    if training is None:
        raise SystemExit("There are no training data beside this script.")
    validation = load_data("validation", device) or training
    test = load_data("test", device)
    model = HandwrittenDigitsAttention().to(device)
    optimizer = make_optimizer(model)
    updates_per_epoch = math.ceil(len(training[0]) / BATCH_SIZE)
    schedule = make_schedule(optimizer, updates_per_epoch)
    best = math.inf
    for epoch in range(1, EPOCHS + 1):
        loss = train_epoch(model, optimizer, schedule, training)
        results = evaluate(model, validation)
        print(f"epoch {epoch}: loss {loss:.4f}; validation: {describe(results)}")
        value = results["loss"]
        if epoch == 1 or value < best:
            best = value
            safetensors.torch.save_model(model, str(FOLDER / "best.safetensors"))
    safetensors.torch.load_model(model, FOLDER / "best.safetensors")
    if test is not None:
        print(f"test: {describe(evaluate(model, test))}")


if __name__ == "__main__":
    main()
