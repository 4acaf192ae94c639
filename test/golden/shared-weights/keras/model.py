"""one pair of eyes for both halves: the network."""

# Keras declares no types for most of its parameters.
# pyright: reportArgumentType=false

from typing import Any

import keras
from keras import layers


@keras.saving.register_keras_serializable()
class InOrder(layers.Layer):
    """Gives its first input once the second is there: shared statistics see every use in turn."""

    def call(self, inputs: Any) -> Any:
        """Give the first of the two inputs."""
        return inputs[0]


def eye(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply eye: batch×8×8×1 to batch×216."""
    conv = layers.Conv2D(6, 3, name=f"{name}_conv")(x)
    norm = layers.BatchNormalization(momentum=0.9, name=f"{name}_norm")(conv)
    relu = layers.ReLU(name=f"{name}_relu")(norm)
    return layers.Flatten(name=f"{name}_flat")(relu)


def make_model() -> keras.Model:
    """Build the network, from image batch×8×8×1 to digit batch×10."""
    image = keras.Input((8, 8, 1), name="image")
    left_input = keras.Input((8, 8, 1), name="left_input")
    left_y = eye(left_input, name="left")
    left_model = keras.Model(left_input, left_y, name="left")
    left = left_model(image)
    flip = layers.ZeroPadding2D(((0, 0), (1, 0)), name="flip")(image)
    crop = layers.MaxPooling2D((1, 2), strides=1, name="crop")(flip)
    right_in_order = InOrder(name="right_in_order")([crop, left])
    right = left_model(right_in_order)
    a_layer = layers.Dense(12, name="a")
    a = a_layer(left)
    b = a_layer(right)
    both = layers.Multiply(name="both")([a, b])
    scores = layers.Dense(10, name="scores")(both)
    return keras.Model(image, scores, name="one_pair_of_eyes_for_both_halves")
