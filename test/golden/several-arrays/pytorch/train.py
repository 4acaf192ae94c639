"""Arrays: three inputs, two outputs: training, and judging on the test part."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import ArraysThreeInputsTwoOutputs

Data = tuple[Tensor, ...]

FOLDER = Path(__file__).parent
SEED = 14
EPOCHS = 10
BATCH_SIZE = 8
LEARNING_RATE = 0.005


def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()


def pick_device() -> torch.device:
    """A graphics card where there is one."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def load_model() -> ArraysThreeInputsTwoOutputs:
    """The network with the weights that it was exported with."""
    model = ArraysThreeInputsTwoOutputs()
    weights = safetensors.torch.load_file(FOLDER / "weights.safetensors")
    model.load_state_dict(weights)
    return model


def load_data(part: str, device: torch.device) -> Data | None:
    """Inputs and targets, images with channels first; None where there is no such part."""
    fields = ("picture", "age", "words", "species", "weight")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    loaded = [torch.from_numpy(np.load(file)) for file in files]
    picture, age, words, species, weight = loaded
    return (
        picture.permute(0, 3, 1, 2).to(device),
        age.to(device),
        words.long().to(device),
        species.long().to(device),
        weight.to(device),
    )


def batches(data: Data, order: Tensor) -> Iterator[Data]:
    """The samples at these positions, in batches; the last one may be smaller."""
    for rows in order.split(BATCH_SIZE):
        yield tuple(field[rows] for field in data)


def compute_loss(
    species_output: Tensor, weight_output: Tensor, species: Tensor, weight: Tensor
) -> Tensor:
    """What training minimises, as the mean over a batch."""
    loss = F.cross_entropy(species_output, species)
    return loss + 0.25 * F.mse_loss(weight_output, weight)


def measure(
    species_output: Tensor, weight_output: Tensor, species: Tensor, weight: Tensor
) -> dict[str, Tensor]:
    """The loss and the metrics of a batch."""
    return {
        "loss": compute_loss(species_output, weight_output, species, weight),
        "species/loss": F.cross_entropy(species_output, species),
        "species/accuracy": accuracy(species_output.argmax(1), species),
        "weight/loss": F.mse_loss(weight_output, weight),
        "weight/meanAbsoluteError": F.l1_loss(weight_output, weight),
    }


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer; biases and normalisation do not decay."""
    decayed = [weight for weight in model.parameters() if weight.dim() > 1]
    others = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.02)


def train_epoch(
    model: nn.Module, optimizer: torch.optim.Optimizer, data: Data
) -> float:
    """One pass over all samples in a new order; gives the mean loss."""
    model.train()
    count = len(data[0])
    total = 0.0
    for picture, age, words, species, weight in batches(data, torch.randperm(count)):
        optimizer.zero_grad()
        species_output, weight_output = model(picture, age, words)
        loss = compute_loss(species_output, weight_output, species, weight)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(picture)
    return total / count


@torch.no_grad()
def evaluate(model: nn.Module, data: Data) -> dict[str, float]:
    """The loss and the metrics over all samples."""
    model.eval()
    count = len(data[0])
    means: dict[str, Tensor] = {}
    for picture, age, words, species, weight in batches(data, torch.arange(count)):
        species_output, weight_output = model(picture, age, words)
        results = measure(species_output, weight_output, species, weight)
        for name, value in results.items():
            share = value * len(picture) / count
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
    model = ArraysThreeInputsTwoOutputs().to(device)
    optimizer = make_optimizer(model)
    best = math.inf
    for epoch in range(1, EPOCHS + 1):
        loss = train_epoch(model, optimizer, training)
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
