"""A small residual network for 8x8 digits."""

import keras
from keras import layers


def conv_norm(
    x: keras.KerasTensor, filters: int, kernel: int, strides: int, name: str
) -> keras.KerasTensor:
    """Apply a convolution without bias, then batch normalisation."""
    x = layers.Conv2D(
        filters, kernel, strides, padding="same", use_bias=False, name=f"{name}_conv"
    )(x)
    return layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)


def residual_block(
    x: keras.KerasTensor, filters: int, strides: int, name: str
) -> keras.KerasTensor:
    """Apply two 3x3 convolutions with a skip connection around them."""
    skip = x
    if strides != 1 or x.shape[-1] != filters:
        skip = conv_norm(x, filters, 1, strides, name=f"{name}_skip")
    x = conv_norm(x, filters, 3, strides, name=f"{name}_1")
    x = layers.ReLU()(x)
    x = conv_norm(x, filters, 3, 1, name=f"{name}_2")
    x = layers.Add()([x, skip])
    return layers.ReLU()(x)


def build_resnet(classes: int = 10) -> keras.Model:
    """Map images of shape (batch, 8, 8, 1) to logits."""
    images = keras.Input((8, 8, 1))
    x = conv_norm(images, 16, 3, 1, name="stem")
    x = layers.ReLU()(x)
    x = residual_block(x, 16, strides=1, name="block1")
    x = residual_block(x, 32, strides=2, name="block2")
    x = residual_block(x, 64, strides=2, name="block3")
    x = layers.GlobalAveragePooling2D()(x)
    logits = layers.Dense(classes, name="logits")(x)
    return keras.Model(images, logits, name="digits_resnet")
