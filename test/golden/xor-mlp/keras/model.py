"""XOR with one hidden layer: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from point batch×2 to output batch×1."""
    return keras.Sequential(
        [
            keras.Input((2,), name="point"),
            layers.Dense(8, name="hidden"),
            layers.Activation("tanh", name="tanh"),
            layers.Dense(1, name="logit"),
        ],
        name="xor_with_one_hidden_layer",
    )
