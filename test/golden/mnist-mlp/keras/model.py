"""MNIST, multilayer perceptron 784-512-512-10: the network."""

from pathlib import Path

import keras
import numpy as np
from keras import layers


def make_model() -> keras.Model:
    """Build the network.

    Takes image: batch×28×28×1.
    Gives output: batch×10.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="image"),
            layers.Flatten(name="flatten"),
            layers.Dense(512, name="hidden1"),
            layers.ReLU(name="relu1"),
            layers.Dense(512, name="hidden2"),
            layers.ReLU(name="relu2"),
            layers.Dense(10, name="logits"),
        ],
        name="mnist_multilayer_perceptron_784_512",
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
