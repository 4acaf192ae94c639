"""Weights of the model, by name."""

from pathlib import Path

import keras
import numpy as np


def named_weights(model: keras.Model) -> dict[str, keras.Variable]:
    """Give all weights by the names of their layer and themselves: "dense/kernel"."""
    prefix = f"{model.name}/"
    return {weight.path.removeprefix(prefix): weight for weight in model.weights}


def load_weights(model: keras.Model, path: str | Path) -> None:
    """Fill the model from an .npz file that holds an array for each of its weights."""
    with np.load(path) as arrays:
        for name, weight in named_weights(model).items():
            weight.assign(arrays[name])
