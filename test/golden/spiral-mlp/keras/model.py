"""Two spirals: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from point batch×2 to output batch×2."""
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
