"""two inputs, three outputs: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from first batch×2, again batch×2 to class_2 batch×2, chance batch×1, value batch×1."""
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
