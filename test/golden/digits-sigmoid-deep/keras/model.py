"""Five sigmoid layers: watch the gradient vanish: the network."""

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
            layers.Dense(64, name="dense1"),
            layers.Activation("sigmoid", name="sigmoid1"),
            layers.Dense(64, name="dense2"),
            layers.Activation("sigmoid", name="sigmoid2"),
            layers.Dense(64, name="dense3"),
            layers.Activation("sigmoid", name="sigmoid3"),
            layers.Dense(64, name="dense4"),
            layers.Activation("sigmoid", name="sigmoid4"),
            layers.Dense(64, name="dense5"),
            layers.Activation("sigmoid", name="sigmoid5"),
            layers.Dense(10, name="logits"),
        ],
        name="five_sigmoid_layers_watch_the_gradie",
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
