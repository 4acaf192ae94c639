"""Handwritten digits, multilayer perceptron: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to output batch×10."""
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
