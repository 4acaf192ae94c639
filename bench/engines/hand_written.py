"""The loop that a practitioner would write around an exported PyTorch folder: `hand_written.py FOLDER EPOCHS`.

Trains from the folder's weights and prints a line of JSON: milliseconds from the first batch to the judgement of the
test part, and the loss of the validation part after every epoch. As the product does, it keeps a checkpoint of every
epoch, and judges in the end with the best.
"""

import math
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from answering import answer


def train(script: Any, epochs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return train_into(script, epochs, Path(folder))


def train_into(script: Any, epochs: int, checkpoints: Path) -> dict[str, Any]:
    script.EPOCHS = epochs
    device = script.pick_device()
    training = script.load_data("train", device)
    validation = script.load_data("validation", device)
    test = script.load_data("test", device)
    model = script.load_model().to(device)
    optimizer = script.make_optimizer(model)
    count = len(training[0])
    schedule = script.make_schedule(optimizer, math.ceil(count / script.BATCH_SIZE))
    losses: list[float] = []
    began = time.perf_counter()
    for _ in range(epochs):
        model.train()
        sums: dict[str, torch.Tensor] = {}
        for rows in torch.randperm(count, device=device).split(script.BATCH_SIZE):
            *inputs, target = (field[rows] for field in training)
            optimizer.zero_grad(set_to_none=True)
            output = model(*inputs)
            loss = script.compute_loss(output, target)
            loss.backward()
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for name, value in script.measure(output, target).items():
                    sums[name] = sums.get(name, torch.zeros((), device=device)) + value.detach() * len(target)
        _ = {name: value.item() / count for name, value in sums.items()}
        losses.append(script.evaluate(model, validation)["loss"])
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save(state, checkpoints / "last.pt")
        if losses[-1] == min(losses):
            (checkpoints / "best.pt").write_bytes((checkpoints / "last.pt").read_bytes())
    model.load_state_dict(torch.load(checkpoints / "best.pt")["model"])
    script.evaluate(model, validation)
    script.evaluate(model, test)
    return {"milliseconds": 1000 * (time.perf_counter() - began), "losses": losses}


if __name__ == "__main__":
    answer(train)
