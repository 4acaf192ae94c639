"""The loop that a practitioner would write around an exported PyTorch folder: `hand_written.py FOLDER EPOCHS`.

Trains from the folder's weights, with a schedule over so many epochs. It waits for lines with a number, trains so many
epochs, and answers each line with their milliseconds. As the product does, it judges the validation part after every
epoch and keeps a checkpoint of it, and the best one.
"""

import math
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from exported import exported_script


class Loop:
    def __init__(self, script: Any, epochs: int, checkpoints: Path) -> None:
        script.EPOCHS = epochs
        self.script = script
        self.device = script.pick_device()
        self.training = script.load_data("train", self.device)
        self.validation = script.load_data("validation", self.device)
        self.model = script.load_model().to(self.device)
        self.optimizer = script.make_optimizer(self.model)
        self.count = len(self.training[0])
        steps = math.ceil(self.count / script.BATCH_SIZE)
        # A rate that stays needs none.
        self.schedule = script.make_schedule(self.optimizer, steps) if hasattr(script, "make_schedule") else None
        self.checkpoints = checkpoints
        self.losses: list[float] = []

    def epoch(self) -> None:
        script, model, device = self.script, self.model, self.device
        model.train()
        sums: dict[str, torch.Tensor] = {}
        for rows in torch.randperm(self.count, device=device).split(script.BATCH_SIZE):
            *inputs, target = (field[rows] for field in self.training)
            self.optimizer.zero_grad(set_to_none=True)
            output = model(*inputs)
            loss = script.compute_loss(output, target)
            loss.backward()
            self.optimizer.step()
            if self.schedule is not None:
                self.schedule.step()
            with torch.no_grad():
                for name, value in script.measure(output, target).items():
                    sums[name] = sums.get(name, torch.zeros((), device=device)) + value.detach() * len(target)
        _ = {name: value.item() / self.count for name, value in sums.items()}
        self.losses.append(script.evaluate(model, self.validation)["loss"])
        state = {"model": model.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save(state, self.checkpoints / "last.pt")
        if self.losses[-1] == min(self.losses):
            (self.checkpoints / "best.pt").write_bytes((self.checkpoints / "last.pt").read_bytes())


def answer_turns(folder: str, epochs: int) -> None:
    script = exported_script(folder)
    with tempfile.TemporaryDirectory() as checkpoints:
        loop = Loop(script, epochs, Path(checkpoints))
        for line in sys.stdin:
            began = time.perf_counter()
            for _ in range(int(line)):
                loop.epoch()
            print(1000 * (time.perf_counter() - began), flush=True)


if __name__ == "__main__":
    answer_turns(sys.argv[1], int(sys.argv[2]))
