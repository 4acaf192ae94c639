"""Exported Keras folders, on TensorFlow."""

import time
from collections.abc import Callable
from importlib.metadata import version
from types import ModuleType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from .folder import open_folder
from .job import Export
from .tensors import Array, Findings, Spread, Tensors

SECONDS_FOR_FIRST_VALUES = 2.5


def versions() -> dict[str, str]:
    found = {name: version(name) for name in ("keras", "numpy")}
    return {**found, "tensorflow": tf.__version__}


def run(export: Export) -> None:
    ours = Tensors(export.ours)
    findings = Findings()
    keras.backend.clear_session()
    with open_folder(export.folder) as folder:
        maker = folder.module("model").make_model
        module = folder.module("weights")
        keras.utils.set_random_seed(0)
        model = maker()
        module.load_weights(model, export.folder / export.weights)
        switch_dropout_off(model)
        add_state(findings, "loaded/", module, model)
        inputs = [ours.get(f"inputs/{at}") for at in range(len(export.inputs))]
        findings.add_all("outputs/exported/", outputs_of(export, model, inputs))
        set_state(module, model, ours.below("weights/0/"))
        findings.add_all("outputs/start/", outputs_of(export, model, inputs))
        if export.steps > 0:
            train = folder.module("train")
            add_data(export, train, findings)
            take_steps(export, ours, module, train, model, findings)
        measure_first_values(export, module, maker, findings)
    findings.save(export.theirs)


def add_data(export: Export, train: ModuleType, findings: Findings) -> None:
    """The first samples as the folder's own script reads them."""
    data = train.load_data("train")
    if data is None:
        return
    for kind, names, fields in zip(("inputs", "targets"), (export.inputs, export.outputs), data, strict=True):
        for at, field in enumerate(as_list(fields, names)):
            rows = np.arange(export.batch_size * export.steps) % len(field)
            findings.add(f"data/{kind}/{at}", np.asarray(field)[rows].astype(np.float32))


def take_steps(
    export: Export, ours: Tensors, module: ModuleType, train: ModuleType, model: Any, findings: Findings
) -> None:
    """Each step begins with our weights, and its optimizer is given our gradients: so no difference is handed on."""
    train.compile_model(model)
    optimizer = model.optimizer
    # A step is an update here, of however many batches it is the mean in training.
    optimizer.gradient_accumulation_steps = None
    findings.add("rate", np.float64(np.asarray(optimizer.learning_rate)))
    names = {id(weight): name for name, weight in module.named_weights(model).items()}
    learned = {names[id(weight)]: weight for weight in model.trainable_weights}
    optimizer.build(list(learned.values()))
    for step in range(export.steps):
        rows = slice(step * export.batch_size, (step + 1) * export.batch_size)
        set_state(module, model, ours.below(f"weights/{step}/"))
        inputs = [ours.get(f"inputs/{at}")[rows] for at in range(len(export.inputs))]
        targets = [ours.get(f"targets/{at}")[rows] for at in range(len(export.outputs))]
        given = by_name(inputs, export.inputs)
        with tf.GradientTape() as tape:
            outputs = model(given, training=True)
            loss = model.compute_loss(x=given, y=by_name(targets, export.outputs), y_pred=outputs, training=True)
        gradients = tape.gradient(loss, [weight.value for weight in learned.values()])
        findings.add(f"loss/{step}", np.float64(np.asarray(loss)))
        for name, gradient in zip(learned, gradients, strict=True):
            if gradient is not None:
                findings.add(f"gradients/{step}/{name}", tf.convert_to_tensor(gradient).numpy())
        own = ours.below(f"gradients/{step}/")
        moved = [name for name in learned if name in own]
        optimizer.learning_rate = export.learning_rate
        optimizer.apply([tf.constant(own[name]) for name in moved], [learned[name] for name in moved])
        add_state(findings, f"after/{step}/", module, model)
        add_slots(export, step, optimizer, learned, findings)


def add_slots(export: Export, step: int, optimizer: Any, learned: dict[str, Any], findings: Findings) -> None:
    """A variable of the optimizer is named after the weight and what it keeps of it."""
    kept = {variable.name: variable for variable in optimizer.variables}
    for name, weight in learned.items():
        for theirs, slot in export.slots.items():
            variable = kept.get(f"{weight.path.replace('/', '_')}_{theirs}")
            if variable is not None:
                findings.add(f"slots/{step}/{slot}/{name}", np.asarray(variable))


def measure_first_values(export: Export, module: ModuleType, maker: Callable[[], Any], findings: Findings) -> None:
    """Making models is slow: as many as there is time for."""
    spread = Spread()
    began = time.monotonic()
    for seed in range(export.fresh_models):
        keras.utils.set_random_seed(seed)
        for name, weight in module.named_weights(maker()).items():
            spread.add(name, np.asarray(weight))
        if time.monotonic() - began > SECONDS_FOR_FIRST_VALUES:
            break
    spread.save(findings)


def outputs_of(export: Export, model: Any, inputs: list[Array]) -> dict[str, Array]:
    outputs = as_list(model(by_name(inputs, export.inputs), training=False), export.outputs)
    return {str(at): np.asarray(output) for at, output in enumerate(outputs)}


def by_name(values: list[Array], names: tuple[str, ...]) -> Any:
    """One alone, or several as a dictionary: as Keras takes and gives them."""
    return values[0] if len(values) == 1 else dict(zip(names, values, strict=True))


def as_list(values: Any, names: tuple[str, ...]) -> list[Any]:
    if isinstance(values, dict):
        return [values[name] for name in names]
    return list(values) if isinstance(values, (list, tuple)) else [values]


def add_state(findings: Findings, start: str, module: ModuleType, model: Any) -> None:
    for name, weight in module.named_weights(model).items():
        findings.add(start + name, np.asarray(weight))


def set_state(module: ModuleType, model: Any, weights: dict[str, Array]) -> None:
    for name, weight in module.named_weights(model).items():
        if name in weights:
            weight.assign(weights[name])


def switch_dropout_off(model: Any) -> None:
    """Masks are drawn by other generators than ours, so both sides compute without them."""
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0.0
        if isinstance(layer, keras.layers.MultiHeadAttention):
            layer._dropout = 0.0
