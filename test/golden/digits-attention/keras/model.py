"""Handwritten digits, attention: the network."""

# Keras declares no types for most of its parameters.
# pyright: reportArgumentType=false

import math
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops


@keras.saving.register_keras_serializable()
class ProjectionScaling(keras.initializers.Initializer):
    """Variance scaling of a projection: heads and their features count as one axis."""

    def __init__(self, heads: int, head_features: int, **scaling: Any) -> None:
        self.heads = heads
        self.head_features = head_features
        self.scaling = scaling

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        """Give a kernel, inward [features, heads, head features] or outward, or a bias."""
        width = self.heads * self.head_features
        if len(shape) < 3:
            flat = (math.prod(shape),)
        elif tuple(shape[1:]) == (self.heads, self.head_features):
            flat = (shape[0], width)
        else:
            flat = (width, shape[-1])
        draw = keras.initializers.VarianceScaling(**self.scaling)
        return ops.reshape(draw(flat, dtype), shape)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal initialiser."""
        options = {"heads": self.heads, "head_features": self.head_features}
        return {**options, **self.scaling}


def make_model() -> keras.Model:
    """Build the network.

    Takes image: batch×8×8×1.
    Gives output: batch×10.
    """
    image = keras.Input((8, 8, 1), name="image")
    rows = layers.Reshape((8, 8), name="rows")(image)
    embed = layers.Dense(32, name="embed")(rows)
    attention = layers.MultiHeadAttention(
        num_heads=4,
        key_dim=8,
        kernel_initializer=ProjectionScaling(
            heads=4, head_features=8, mode="fan_avg", distribution="uniform"
        ),
        name="attention",
    )(embed, embed)
    add1 = layers.Add(name="add1")([attention, embed])
    norm1 = layers.LayerNormalization(name="norm1")(add1)
    expand = layers.Dense(64, name="expand")(norm1)
    gelu = layers.Activation("gelu", name="gelu")(expand)
    contract = layers.Dense(32, name="contract")(gelu)
    add2 = layers.Add(name="add2")([contract, norm1])
    norm2 = layers.LayerNormalization(name="norm2")(add2)
    flatten = layers.Flatten(name="flatten")(norm2)
    logits = layers.Dense(10, name="logits")(flatten)
    return keras.Model(image, logits, name="handwritten_digits_attention")


def named_weights(model: keras.Model) -> dict[str, keras.Variable]:
    """Give all weights by the names of their layer and themselves: "dense/kernel"."""
    prefix = f"{model.name}/"
    return {weight.path.removeprefix(prefix): weight for weight in model.weights}


def load_weights(model: keras.Model, path: str | Path) -> None:
    """Fill the model from an .npz file that holds an array for each of its weights."""
    with np.load(path) as arrays:
        for name, weight in named_weights(model).items():
            weight.assign(arrays[name])
