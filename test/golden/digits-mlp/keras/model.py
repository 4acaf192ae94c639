"""Handwritten digits, multilayer perceptron: the network."""

from pathlib import Path

import keras
import numpy as np
from keras import layers


def make_model() -> keras.Model:
    """Build the network.

    Takes image: batch×8×8×1.
    Gives output: batch×10.
    """
    return keras.Sequential(
        [
            keras.Input((8, 8, 1), name="image"),
            layers.Flatten(name="flatten"),
            layers.Dense(128, name="hidden"),
            layers.ReLU(name="relu"),
            layers.Dense(10, name="logits"),
        ],
        name="handwritten_digits_multilayer_percep",
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
