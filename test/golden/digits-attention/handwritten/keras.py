"""One block of attention over the rows of 8x8 digits."""

import keras
from keras import layers


def build_attention(
    width: int = 32, heads: int = 4, expansion: int = 64, classes: int = 10
) -> keras.Model:
    """Map images of shape (batch, 8, 8, 1) to logits."""
    images = keras.Input((8, 8, 1))
    rows = layers.Reshape((8, 8))(images)
    x = layers.Dense(width, name="embed")(rows)

    attention = layers.MultiHeadAttention(heads, width // heads, name="attention")
    x = layers.Add()([attention(x, x), x])
    x = layers.LayerNormalization(name="norm1")(x)

    hidden = layers.Dense(expansion, activation="gelu", name="expand")(x)
    hidden = layers.Dense(width, name="contract")(hidden)
    x = layers.Add()([hidden, x])
    x = layers.LayerNormalization(name="norm2")(x)

    x = layers.Flatten()(x)
    logits = layers.Dense(classes, name="logits")(x)
    return keras.Model(images, logits, name="digits_attention")
