"""Arrays: three inputs, two outputs: the network."""

import keras
from keras import layers


def make_model() -> keras.Model:
    """Build the network, from picture batch×6×6×1, age batch×1, words batch×3 int32 to species batch×3, weight batch×1."""
    picture = keras.Input((6, 6, 1), name="picture")
    age = keras.Input((1,), name="age")
    words = keras.Input((3,), dtype="int32", name="words")
    conv = layers.Conv2D(4, 3, name="conv")(picture)
    relu = layers.ReLU(name="relu")(conv)
    seen = layers.Flatten(name="seen")(relu)
    embedding = layers.Embedding(8, 4, name="embedding")(words)
    told = layers.Flatten(name="told")(embedding)
    join = layers.Concatenate(name="join")([seen, age, told])
    trunk = layers.Dense(12, name="trunk")(join)
    gelu = layers.Activation("gelu", name="gelu")(trunk)
    scores = layers.Dense(3, name="scores")(gelu)
    grams = layers.Dense(1, name="grams")(gelu)
    outputs = {"species": scores, "weight": grams}
    return keras.Model(
        [picture, age, words], outputs, name="arrays_three_inputs_two_outputs"
    )
