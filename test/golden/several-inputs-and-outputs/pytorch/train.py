"""two inputs, three outputs: training, and judging on the test part."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import TwoInputsThreeOutputs

Data = tuple[Tensor, ...]

FOLDER = Path(__file__).parent
SEED = 0
EPOCHS = 10
BATCH_SIZE = 32
LEARNING_RATE = 0.001


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def pick_device() -> torch.device:
    """A graphics card where there is one."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def load_model() -> TwoInputsThreeOutputs:
    """The network with the weights that it was exported with."""
    model = TwoInputsThreeOutputs()
    weights = safetensors.torch.load_file(FOLDER / "weights.safetensors")
    model.load_state_dict(weights)
    return model


def load_data(part: str, device: torch.device) -> Data | None:
    """Inputs and targets; None where there is no such part."""
    fields = ("point", "point", "label", "target", "target")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    loaded = [torch.from_numpy(np.load(file)) for file in files]
    point, point_2, label, target, target_2 = loaded
    return (
        point.to(device),
        point_2.to(device),
        label.long().to(device),
        target.to(device),
        target_2.to(device),
    )


def batches(data: Data, order: Tensor) -> Iterator[Data]:
    """The samples at these positions, in batches; the last one may be smaller."""
    for rows in order.split(BATCH_SIZE):
        yield tuple(field[rows] for field in data)


def compute_loss(
    class_output: Tensor,
    chance_output: Tensor,
    value_output: Tensor,
    label: Tensor,
    target: Tensor,
    target_2: Tensor,
) -> Tensor:
    """What training minimises, as the mean over a batch."""
    loss = F.cross_entropy(class_output, label, label_smoothing=0.1)
    loss = loss + 0.5 * F.binary_cross_entropy_with_logits(chance_output, target)
    return loss + 0.25 * F.mse_loss(value_output, target_2)


def measure(
    class_output: Tensor,
    chance_output: Tensor,
    value_output: Tensor,
    label: Tensor,
    target: Tensor,
    target_2: Tensor,
) -> dict[str, Tensor]:
    """The loss and the metrics of a batch."""
    return {
        "loss": compute_loss(
            class_output, chance_output, value_output, label, target, target_2
        ),
        "Class/loss": F.cross_entropy(class_output, label, label_smoothing=0.1),
        "Class/accuracy": accuracy(class_output.argmax(1), label),
        "Chance/loss": F.binary_cross_entropy_with_logits(chance_output, target),
        "Chance/accuracy": accuracy(chance_output > 0, target > 0.5),
        "Value/loss": F.mse_loss(value_output, target_2),
        "Value/meanAbsoluteError": F.l1_loss(value_output, target_2),
    }


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer with the rate before its schedule."""
    return torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)


def train_epoch(
    model: nn.Module, optimizer: torch.optim.Optimizer, data: Data
) -> float:
    """One pass over all samples in a new order; gives the mean loss."""
    model.train()
    count = len(data[0])
    total = 0.0
    for point, point_2, label, target, target_2 in batches(data, torch.randperm(count)):
        optimizer.zero_grad()
        class_output, chance_output, value_output = model(point, point_2)
        loss = compute_loss(
            class_output, chance_output, value_output, label, target, target_2
        )
        loss.backward()
        optimizer.step()
        total += loss.item() * len(point)
    return total / count


@torch.no_grad()
def evaluate(model: nn.Module, data: Data) -> dict[str, float]:
    """The loss and the metrics over all samples."""
    model.eval()
    count = len(data[0])
    means: dict[str, Tensor] = {}
    for point, point_2, label, target, target_2 in batches(data, torch.arange(count)):
        class_output, chance_output, value_output = model(point, point_2)
        results = measure(
            class_output, chance_output, value_output, label, target, target_2
        )
        for name, value in results.items():
            share = value * len(point) / count
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
    model = TwoInputsThreeOutputs().to(device)
    optimizer = make_optimizer(model)
    best = math.inf
    for epoch in range(1, EPOCHS + 1):
        loss = train_epoch(model, optimizer, training)
        results = evaluate(model, validation)
        print(f"epoch {epoch}: loss {loss:.4f}; validation: {describe(results)}")
        value = -results["Class/accuracy"]
        if epoch == 1 or value < best:
            best = value
            safetensors.torch.save_model(model, str(FOLDER / "best.safetensors"))
    safetensors.torch.load_model(model, FOLDER / "best.safetensors")
    if test is not None:
        print(f"test: {describe(evaluate(model, test))}")


if __name__ == "__main__":
    main()
