"""residual network of two blocks: the network."""

# Keras declares no types for most of its parameters.
# pyright: reportArgumentType=false

import keras
from keras import layers


def convolution(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply convolution: batch×8×8×8 to batch×8×8×8."""
    conv = layers.Conv2D(8, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
    norm = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(conv)
    return layers.ReLU(name=f"{name}_relu")(norm)


def residual(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply residual: batch×8×8×8 to batch×8×8×8."""
    inner = convolution(x, name=f"{name}_inner")
    return layers.Add(name=f"{name}_add")([inner, x])


def convolution_2(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply convolution: batch×8×8×8 to batch×4×4×16."""
    conv = layers.Conv2D(
        16, 3, strides=2, padding="same", use_bias=False, name=f"{name}_conv"
    )(x)
    norm = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(conv)
    return layers.ReLU(name=f"{name}_relu")(norm)


def down(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply down: batch×8×8×8 to batch×4×4×16."""
    return convolution_2(x, name=f"{name}_inner")


def convolution_3(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply convolution: batch×4×4×16 to batch×4×4×16."""
    conv = layers.Conv2D(16, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
    norm = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(conv)
    return layers.ReLU(name=f"{name}_relu")(norm)


def residual_2(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply residual: batch×4×4×16 to batch×4×4×16."""
    inner = convolution_3(x, name=f"{name}_inner")
    return layers.Add(name=f"{name}_add")([inner, x])


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to digit batch×10."""
    image = keras.Input((8, 8, 1), name="image")
    stem = layers.Conv2D(8, 3, padding="same", name="stem")(image)
    first = residual(stem, name="first")
    widen = down(first, name="widen")
    second = residual_2(widen, name="second")
    pool = layers.GlobalAveragePooling2D(name="pool")(second)
    scores = layers.Dense(10, name="scores")(pool)
    return keras.Model(image, scores, name="residual_network_of_two_blocks")
