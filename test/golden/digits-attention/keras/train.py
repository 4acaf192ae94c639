"""Handwritten digits, attention: training, and judging on the test part."""

import math
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from model import make_model

FOLDER = Path(__file__).parent
SEED = 1
EPOCHS = 15
BATCH_SIZE = 32
LEARNING_RATE = 0.003


@keras.saving.register_keras_serializable()
class TextbookAdamW(keras.optimizers.AdamW):
    """AdamW with epsilon beside the corrected root, as its authors have it."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one weight."""
        epsilon = self.epsilon
        updates = ops.cast(self.iterations + 1, variable.dtype)
        self.epsilon = epsilon * ops.sqrt(1 - ops.power(self.beta_2, updates))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = epsilon


@keras.saving.register_keras_serializable()
class WarmUpAndCosine(keras.optimizers.schedules.LearningRateSchedule):
    """Rises in a line for some updates, then falls along half a cosine wave."""

    def __init__(
        self, rate: float, warm_up: float, updates: int, final_factor: float = 0.0
    ) -> None:
        self.rate = rate
        self.warm_up = min(math.floor(warm_up + 0.5), updates)
        self.updates = updates
        self.final_factor = final_factor

    def __call__(self, step: Any) -> Any:
        """Give the rate of update 0, 1 and so on."""
        update = ops.cast(step, "float32")
        falling = max(1, self.updates - self.warm_up)
        progress = ops.minimum(1.0, (update - self.warm_up) / falling)
        wave = (1 + ops.cos(math.pi * progress)) / 2
        fallen = self.final_factor + (1 - self.final_factor) * wave
        risen = (update + 1) / max(1, self.warm_up)
        return self.rate * ops.where(update < self.warm_up, risen, fallen)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal schedule."""
        return {
            "rate": self.rate,
            "warm_up": self.warm_up,
            "updates": self.updates,
            "final_factor": self.final_factor,
        }


def load_data(part: str) -> tuple[Any, Any] | None:
    """Give inputs and targets; None where there is no such part."""
    fields = ("image", "label")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    image, label = (np.load(file) for file in files)
    return image, label


def make_loss() -> keras.losses.Loss:
    """Give what training minimises."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def make_metrics() -> list[keras.metrics.Metric]:
    """Give what is reported beside the loss."""
    return [keras.metrics.SparseCategoricalAccuracy(name="accuracy")]


def make_optimizer(
    model: keras.Model, learning_rate: Any = LEARNING_RATE
) -> keras.optimizers.Optimizer:
    """Give what changes the weights; only kernels and tables decay."""
    optimizer = TextbookAdamW(learning_rate, epsilon=1e-8, weight_decay=0.01)
    weights = model.trainable_weights
    decayed = ("kernel", "embeddings")
    others = [weight for weight in weights if weight.name not in decayed]
    optimizer.exclude_from_weight_decay(var_list=others)
    return optimizer


def make_schedule(
    updates_per_epoch: int,
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Give the learning rate of every update."""
    total_updates = EPOCHS * updates_per_epoch
    return WarmUpAndCosine(LEARNING_RATE, updates_per_epoch, total_updates)


def compile_model(model: keras.Model, learning_rate: Any = LEARNING_RATE) -> None:
    """Tell the model what it is trained by."""
    model.compile(
        optimizer=make_optimizer(model, learning_rate),
        loss=make_loss(),
        metrics=make_metrics(),
    )


def main() -> None:
    """Train, keep the weights of the best epoch, and judge them."""
    keras.utils.set_random_seed(SEED)
    training = load_data("train")
    if training is None:
        raise SystemExit("There are no training data beside this script.")
    inputs, targets = training
    validation = load_data("validation") or training
    model = make_model()
    updates_per_epoch = math.ceil(len(targets) / BATCH_SIZE)
    compile_model(model, make_schedule(updates_per_epoch))
    monitor = "val_loss"
    mode = "min"
    best = FOLDER / "best.weights.h5"
    callbacks = [
        keras.callbacks.ModelCheckpoint(
            best,
            monitor=monitor,
            mode=mode,
            save_best_only=True,
            save_weights_only=True,
        ),
    ]
    model.fit(
        inputs,
        targets,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
        validation_data=validation,
        callbacks=callbacks,
    )
    model.load_weights(best)
    for part in ("validation", "test"):
        data = load_data(part)
        if data is not None:
            results: Any = model.evaluate(*data, return_dict=True)
            found = ", ".join(f"{name} {value:.4f}" for name, value in results.items())
            print(f"{part}: {found}")


if __name__ == "__main__":
    main()
