"""Exported ONNX folders."""

from importlib.metadata import version
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from .job import Export
from .tensors import Array, Findings, Tensors

MODEL = "model.onnx"


def versions() -> dict[str, str]:
    return {name: version(name) for name in ("onnx", "onnxruntime", "numpy")}


def run(export: Export) -> None:
    ours = Tensors(export.ours)
    findings = Findings()
    path = export.folder / MODEL
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    weights = ours.below("weights/0/")
    initializers = {each.name: each for each in model.graph.initializer}
    for name in weights:
        if name in initializers:
            findings.add(f"loaded/{name}", numpy_helper.to_array(initializers[name]))
    inputs = {name: ours.get(f"inputs/{at}") for at, name in enumerate(export.inputs)}
    findings.add_all("outputs/exported/", outputs_of(path.read_bytes(), inputs, export))
    for name, values in weights.items():
        if name in initializers:
            initializers[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), name))
    findings.add_all("outputs/start/", outputs_of(model.SerializeToString(), inputs, export))
    findings.save(export.theirs)


def outputs_of(model: bytes, inputs: dict[str, Array], export: Export) -> dict[str, Array]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    whole: list[Any] = session.run(list(export.outputs), inputs)
    for batch in (1, 7):
        # The batch is a symbol in the graph: any number of samples goes in, and as many come out.
        some: list[Any] = session.run(list(export.outputs), {name: each[:batch] for name, each in inputs.items()})
        for name, few, all_ in zip(export.outputs, some, whole, strict=True):
            if few.shape != (batch, *all_.shape[1:]):
                raise ValueError(f"{name} has the shape {few.shape} for {batch} samples")
            if not np.allclose(few, all_[:batch], rtol=1e-4, atol=1e-4):
                raise ValueError(f"{name} is another for {batch} samples than among {len(all_)}")
    return {str(at): np.asarray(each) for at, each in enumerate(whole)}
