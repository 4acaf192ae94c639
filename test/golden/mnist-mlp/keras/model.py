"""MNIST, multilayer perceptron 784-512-512-10: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from image batch×28×28×1 to output batch×10."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="image"),
            layers.Flatten(name="flatten"),
            layers.Dense(512, name="hidden1"),
            layers.ReLU(name="relu1"),
            layers.Dense(512, name="hidden2"),
            layers.ReLU(name="relu2"),
            layers.Dense(10, name="logits"),
        ],
        name="mnist_multilayer_perceptron_784_512",
    )
