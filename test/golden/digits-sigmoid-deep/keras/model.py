"""Five sigmoid layers: watch the gradient vanish: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to output batch×10."""
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
