"""two inputs, three outputs: the network."""

from pathlib import Path

import keras
import numpy as np
from keras import layers


def make_model() -> keras.Model:
    """Build the network.

    Takes first: batch×2.
    Takes again: batch×2.
    Gives Class: batch×2.
    Gives Chance: batch×1.
    Gives Value: batch×1.
    """
    first = keras.Input((2,), name="first")
    again = keras.Input((2,), name="again")
    a = layers.Dense(8, name="a")(first)
    b = layers.Dense(6, name="b")(again)
    join = layers.Concatenate(name="join")([b, a])
    hidden = layers.Activation("tanh", name="hidden")(join)
    scores = layers.Dense(2, name="scores")(hidden)
    logit = layers.Dense(1, name="logit")(hidden)
    outputs = {"class_2": scores, "chance": logit, "value": logit}
    return keras.Model([first, again], outputs, name="two_inputs_three_outputs")


def named_weights(model: keras.Model) -> dict[str, keras.Variable]:
    """Give all weights by the names of their layer and themselves: "dense/kernel"."""
    prefix = f"{model.name}/"
    return {weight.path.removeprefix(prefix): weight for weight in model.weights}


def load_weights(model: keras.Model, path: str | Path) -> None:
    """Fill the model from an .npz file that holds an array for each of its weights."""
    with np.load(path) as arrays:
        for name, weight in named_weights(model).items():
            weight.assign(arrays[name])
