"""Arrays: three inputs, two outputs: training, and judging on the test part."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from model import make_model

FOLDER = Path(__file__).parent
SEED = 14
EPOCHS = 10
BATCH_SIZE = 8
LEARNING_RATE = 0.005


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


def load_data(part: str) -> tuple[Any, Any] | None:
    """Give inputs and targets; None where there is no such part."""
    fields = ("picture", "age", "words", "species", "weight")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    picture, age, words, species, weight = (np.load(file) for file in files)
    inputs = {"picture": picture, "age": age, "words": words}
    targets = {"species": species, "weight": weight}
    return inputs, targets


def make_loss() -> dict[str, keras.losses.Loss]:
    """Give the loss of each output."""
    return {
        "species": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "weight": keras.losses.MeanSquaredError(),
    }


def make_metrics() -> dict[str, list[keras.metrics.Metric]]:
    """Give what is reported beside the loss."""
    return {
        "species": [keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
        "weight": [keras.metrics.MeanAbsoluteError(name="meanAbsoluteError")],
    }


def make_optimizer(
    model: keras.Model, learning_rate: Any = LEARNING_RATE
) -> keras.optimizers.Optimizer:
    """Give what changes the weights; only kernels and tables decay."""
    optimizer = TextbookAdamW(learning_rate, epsilon=1e-8, weight_decay=0.02)
    weights = model.trainable_weights
    decayed = ("kernel", "embeddings")
    others = [weight for weight in weights if weight.name not in decayed]
    optimizer.exclude_from_weight_decay(var_list=others)
    return optimizer


def compile_model(model: keras.Model, learning_rate: Any = LEARNING_RATE) -> None:
    """Tell the model what it is trained by."""
    loss_weights = {"species": 1, "weight": 0.25}
    model.compile(
        optimizer=make_optimizer(model, learning_rate),
        loss=make_loss(),
        loss_weights=loss_weights,
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
    compile_model(model)
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
