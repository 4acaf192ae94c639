"""Handwritten digits, attention: the network."""

# Keras declares no types for most of its parameters.
# pyright: reportArgumentType=false

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to output batch×10."""
    image = keras.Input((8, 8, 1), name="image")
    rows = layers.Reshape((8, 8), name="rows")(image)
    embed = layers.Dense(32, name="embed")(rows)
    attention = layers.MultiHeadAttention(
        num_heads=4,
        key_dim=8,
        kernel_initializer=keras.initializers.RandomUniform(-0.306186, 0.306186),
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
