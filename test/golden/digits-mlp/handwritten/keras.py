"""A multilayer perceptron for 8x8 digits."""

import keras


def build_mlp(hidden: int = 128, classes: int = 10) -> keras.Model:
    """Map images of shape (batch, 8, 8, 1) to logits."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(hidden, activation="relu", name="hidden"),
            keras.layers.Dense(classes, name="logits"),
        ],
        name="mlp",
    )
