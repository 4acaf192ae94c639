"""Arrays: three inputs, two outputs: the network."""

from pathlib import Path

import keras
import numpy as np
from keras import layers


def make_model() -> keras.Model:
    """Build the network.

    Takes picture: batch×6×6×1.
    Takes age: batch×1.
    Takes words: batch×3 int32.
    Gives species: batch×3.
    Gives weight: batch×1.
    """
    picture = keras.Input((6, 6, 1), name="picture")
    age = keras.Input((1,), name="age")
    words = keras.Input((3,), dtype="int32", name="words")
    conv = layers.Conv2D(4, 3, name="conv")(picture)
    relu = layers.ReLU(name="relu")(conv)
    seen = layers.Flatten(name="seen")(relu)
    embedding = layers.Embedding(8, 4, name="embedding")(words)
    told = layers.Flatten(name="told")(embedding)
    join = layers.Concatenate(name="join")([seen, age, told])
    trunk = layers.Dense(12, name="trunk")(join)
    gelu = layers.Activation("gelu", name="gelu")(trunk)
    scores = layers.Dense(3, name="scores")(gelu)
    grams = layers.Dense(1, name="grams")(gelu)
    outputs = {"species": scores, "weight": grams}
    return keras.Model(
        [picture, age, words], outputs, name="arrays_three_inputs_two_outputs"
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
