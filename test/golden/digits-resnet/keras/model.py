"""Handwritten digits, residual: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to output batch×10."""
    image = keras.Input((8, 8, 1), name="image")
    conv1 = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv1")(image)
    norm1 = layers.BatchNormalization(momentum=0.9, name="norm1")(conv1)
    relu1 = layers.ReLU(name="relu1")(norm1)
    conv2a = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv2a")(relu1)
    norm2a = layers.BatchNormalization(momentum=0.9, name="norm2a")(conv2a)
    relu2a = layers.ReLU(name="relu2a")(norm2a)
    conv2b = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv2b")(relu2a)
    norm2b = layers.BatchNormalization(momentum=0.9, name="norm2b")(conv2b)
    add2 = layers.Add(name="add2")([norm2b, relu1])
    relu2 = layers.ReLU(name="relu2")(add2)
    conv3a = layers.Conv2D(
        32, 3, strides=2, padding="same", use_bias=False, name="conv3a"
    )(relu2)
    norm3a = layers.BatchNormalization(momentum=0.9, name="norm3a")(conv3a)
    relu3a = layers.ReLU(name="relu3a")(norm3a)
    conv3b = layers.Conv2D(32, 3, padding="same", use_bias=False, name="conv3b")(relu3a)
    norm3b = layers.BatchNormalization(momentum=0.9, name="norm3b")(conv3b)
    skip3 = layers.Conv2D(
        32, 1, strides=2, padding="same", use_bias=False, name="skip3"
    )(relu2)
    skip_norm3 = layers.BatchNormalization(momentum=0.9, name="skip_norm3")(skip3)
    add3 = layers.Add(name="add3")([norm3b, skip_norm3])
    relu3 = layers.ReLU(name="relu3")(add3)
    conv4a = layers.Conv2D(
        64, 3, strides=2, padding="same", use_bias=False, name="conv4a"
    )(relu3)
    norm4a = layers.BatchNormalization(momentum=0.9, name="norm4a")(conv4a)
    relu4a = layers.ReLU(name="relu4a")(norm4a)
    conv4b = layers.Conv2D(64, 3, padding="same", use_bias=False, name="conv4b")(relu4a)
    norm4b = layers.BatchNormalization(momentum=0.9, name="norm4b")(conv4b)
    skip4 = layers.Conv2D(
        64, 1, strides=2, padding="same", use_bias=False, name="skip4"
    )(relu3)
    skip_norm4 = layers.BatchNormalization(momentum=0.9, name="skip_norm4")(skip4)
    add4 = layers.Add(name="add4")([norm4b, skip_norm4])
    relu4 = layers.ReLU(name="relu4")(add4)
    pool = layers.GlobalAveragePooling2D(name="pool")(relu4)
    logits = layers.Dense(10, name="logits")(pool)
    return keras.Model(image, logits, name="handwritten_digits_residual")
