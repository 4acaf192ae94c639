"""repeats whose passes differ by their index: the network."""

# Keras declares no types for most of its parameters.
# pyright: reportArgumentType=false

import keras
from keras import layers


def step(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×2 to batch×4."""
    dense = layers.Dense(4, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.1, name=f"{name}_leaky")(dense)


def step_2(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×4 to batch×8."""
    dense = layers.Dense(8, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.05, name=f"{name}_leaky")(dense)


def step_3(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×8 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.03333333333333333, name=f"{name}_leaky")(dense)


def step_4(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×16 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.1, name=f"{name}_leaky")(dense)


def step_5(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×16 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.05, name=f"{name}_leaky")(dense)


def step_6(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×16 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.03333333333333333, name=f"{name}_leaky")(dense)


def step_7(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×16 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.025, name=f"{name}_leaky")(dense)


def step_8(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Apply step: batch×16 to batch×16."""
    dense = layers.Dense(16, name=f"{name}_dense")(x)
    return layers.LeakyReLU(0.02, name=f"{name}_leaky")(dense)


def make_model() -> keras.Model:
    """Build the network, from point batch×2 to class_2 batch×2."""
    point = keras.Input((2,), name="point")
    grow = step(point, name="grow_0")
    grow = step_2(grow, name="grow_1")
    grow = step_3(grow, name="grow_2")
    same = step_4(grow, name="same_0")
    same = step_5(same, name="same_1")
    same = step_6(same, name="same_2")
    same = step_7(same, name="same_3")
    same = step_8(same, name="same_4")
    scores = layers.Dense(2, name="scores")(same)
    return keras.Model(point, scores, name="repeats_whose_passes_differ_by_their")
