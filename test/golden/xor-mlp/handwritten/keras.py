"""Exclusive or, learned by one hidden layer."""

import keras
from keras import layers


def build_xor() -> keras.Model:
    """Build a network from two numbers to the logit of their exclusive or.

    Inputs:  (batch, 2)
    Outputs: (batch, 1)
    """
    model = keras.Sequential(name="xor")
    model.add(keras.Input((2,)))
    model.add(layers.Dense(8, activation="tanh", name="hidden"))
    model.add(layers.Dense(1, name="logit"))
    return model
