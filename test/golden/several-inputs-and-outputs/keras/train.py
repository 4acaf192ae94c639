"""two inputs, three outputs: training, and judging on the test part."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from model import make_model

FOLDER = Path(__file__).parent
SEED = 0
EPOCHS = 10
BATCH_SIZE = 32
LEARNING_RATE = 0.001


@keras.saving.register_keras_serializable()
class CrossEntropy(keras.losses.Loss):
    """Cross-entropy with class indices or with distributions."""

    def __init__(
        self, from_logits: bool = True, label_smoothing: float = 0.0, **options: Any
    ) -> None:
        super().__init__(**options)
        self.from_logits = from_logits
        self.label_smoothing = label_smoothing

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Give the loss of every position; no probability counts below 1e-7."""
        classes = y_pred.shape[-1]
        truth = y_true
        if len(y_true.shape) < len(y_pred.shape):
            truth = ops.one_hot(ops.cast(y_true, "int32"), classes)
        smoothing = self.label_smoothing
        truth = ops.cast(truth, y_pred.dtype) * (1 - smoothing) + smoothing / classes
        if self.from_logits:
            logarithms = ops.log_softmax(y_pred, axis=-1)
        else:
            logarithms = ops.log(ops.maximum(y_pred, 1e-7))
        return -ops.sum(truth * logarithms, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal loss."""
        options = {
            "from_logits": self.from_logits,
            "label_smoothing": self.label_smoothing,
        }
        return {**super().get_config(), **options}


def right_decisions(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Any:
    """Give 1 for every yes or no that is right."""
    truth = ops.reshape(y_true, ops.shape(y_pred)) > 0.5
    return ops.cast(ops.equal(truth, y_pred > threshold), "float32")


@keras.saving.register_keras_serializable()
class TextbookAdam(keras.optimizers.Adam):
    """Adam with epsilon beside the corrected root, as its authors have it."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one weight."""
        epsilon = self.epsilon
        updates = ops.cast(self.iterations + 1, variable.dtype)
        self.epsilon = epsilon * ops.sqrt(1 - ops.power(self.beta_2, updates))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = epsilon


def load_data(part: str) -> tuple[Any, Any] | None:
    """Give inputs and targets; None where there is no such part."""
    fields = ("point", "point", "label", "target", "target")
    files = [FOLDER / "data" / f"{part}_{field}.npy" for field in fields]
    if not all(file.exists() for file in files):
        return None
    point, point_2, label, target, target_2 = (np.load(file) for file in files)
    inputs = {"first": point, "again": point_2}
    targets = {"class_2": label, "chance": target, "value": target_2}
    return inputs, targets


def make_loss() -> dict[str, keras.losses.Loss]:
    """Give the loss of each output."""
    return {
        "class_2": CrossEntropy(label_smoothing=0.1),
        "chance": keras.losses.BinaryCrossentropy(from_logits=True),
        "value": keras.losses.MeanSquaredError(),
    }


def make_metrics() -> dict[str, list[keras.metrics.Metric]]:
    """Give what is reported beside the loss."""
    return {
        "class_2": [keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
        "chance": [
            keras.metrics.MeanMetricWrapper(
                right_decisions, threshold=0, name="accuracy"
            ),
        ],
        "value": [keras.metrics.MeanAbsoluteError(name="meanAbsoluteError")],
    }


def make_optimizer(
    model: keras.Model, learning_rate: Any = LEARNING_RATE
) -> keras.optimizers.Optimizer:
    """Give what changes the weights; the rate may be a schedule."""
    return TextbookAdam(learning_rate, epsilon=1e-8)


def compile_model(model: keras.Model, learning_rate: Any = LEARNING_RATE) -> None:
    """Tell the model what it is trained by."""
    loss_weights = {"class_2": 1, "chance": 0.5, "value": 0.25}
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
    monitor = "val_class_2_accuracy"
    mode = "max"
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
