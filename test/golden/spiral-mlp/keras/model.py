"""Two spirals: the network."""

from pathlib import Path

import keras
import numpy as np
from keras import layers


def make_model() -> keras.Model:
    """Build the network.

    Takes point: batch×2.
    Gives output: batch×2.
    """
    return keras.Sequential(
        [
            keras.Input((2,), name="point"),
            layers.Dense(32, name="hidden1"),
            layers.ReLU(name="relu1"),
            layers.Dense(32, name="hidden2"),
            layers.ReLU(name="relu2"),
            layers.Dense(2, name="logits"),
        ],
        name="two_spirals",
    )


def named_weights(model: keras.Model) -> dict[str, keras.Variable]:
    """Give all weights by the names of their layer and themselves: "dense/kernel"."""
    prefix = f"{model.name}/"
    return {weight.path.removeprefix(prefix): weight for weight in model.weights}


def load_weights(model: keras.Model, path: str | Path) -> None:
    """Fill the model from an .npz file that holds an array for each of its weights."""
    with np.load(path) as arrays:
        for name, weight in named_weights(model).items():
            weight.assign(arrays[name])
