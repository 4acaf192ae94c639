"""Runs exported Keras models, any number of them in one process.

Each argument is a folder with model.py, weights.npz and feed.npz: samples by the names of inputs, under "samples/", and
under "probes/" what the outputs are multiplied by before their sum is differentiated. The results go to result.json there, with
their data little-endian in base64.
"""

import base64
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

Arrays = dict[str, np.ndarray]


def load(path: Path) -> ModuleType:
    name = f"exported_{abs(hash(str(path)))}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def encode(values: np.ndarray) -> dict[str, Any]:
    data = base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
    return {"dtype": str(values.dtype), "shape": list(values.shape), "data": data}


def below(arrays: Arrays, prefix: str) -> Arrays:
    return {name.removeprefix(prefix): values for name, values in arrays.items() if name.startswith(prefix)}


def as_outputs(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"": value}


def run(folder: Path, training: bool) -> None:
    keras.backend.clear_session()
    module = load(folder / "weights.py")
    model = load(folder / "model.py").make_model()
    weights = module.named_weights(model)
    first = {f"first/{name}": np.array(weight) for name, weight in weights.items()}
    module.load_weights(model, folder / "weights.npz")
    with np.load(folder / "feed.npz") as stored:
        feed = dict(stored)
    samples = below(feed, "samples/")
    given = next(iter(samples.values())) if len(samples) == 1 else samples
    results: Arrays = dict(first)
    for name, value in as_outputs(model(given, training=False)).items():
        results[f"outputs/{name}"] = np.array(value)
    probes = below(feed, "probes/")
    trainable = {id(weight) for weight in model.trainable_weights}
    with tf.GradientTape() as tape:
        outputs = as_outputs(model(given, training=training))
        total = sum(tf.reduce_sum(value * probes[name]) for name, value in outputs.items())
    learned = {name: weight for name, weight in weights.items() if id(weight) in trainable}
    gradients = tape.gradient(total, [weight.value for weight in learned.values()])
    for (name, weight), gradient in zip(learned.items(), gradients):
        dense = np.zeros(weight.shape, "float32") if gradient is None else tf.convert_to_tensor(gradient).numpy()
        results[f"gradients/{name}"] = dense
    for name, weight in weights.items():
        results[f"after/{name}"] = np.array(weight)
    (folder / "result.json").write_text(json.dumps({name: encode(values) for name, values in results.items()}))


def main() -> None:
    jobs = json.load(sys.stdin)
    errors: dict[str, str] = {}
    for job in jobs:
        try:
            run(Path(job["folder"]), job["training"])
        except Exception as error:
            errors[job["folder"]] = f"{type(error).__name__}: {error}"
    json.dump(errors, sys.stdout)


main()
