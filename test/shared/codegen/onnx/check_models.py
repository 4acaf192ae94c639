"""Judges ONNX models by the official checker and runs them in ONNX Runtime.

Reads one JSON object from standard input and writes one to standard output. Tensors travel as
{"dtype", "shape", "data"}, the data little-endian in base64.
"""

import base64
import json
import sys
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import defs, parser, shape_inference

Json = dict[str, Any]


def decode(tensor: Json) -> np.ndarray:
    values = np.frombuffer(base64.b64decode(tensor["data"]), dtype=tensor["dtype"])
    return values.reshape(tensor["shape"])


def encode(values: np.ndarray) -> Json:
    data = base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
    return {"dtype": str(values.dtype), "shape": list(values.shape), "data": data}


def sizes(value: onnx.ValueInfoProto) -> list[int | str]:
    dims = value.type.tensor_type.shape.dim
    return [dim.dim_value if dim.HasField("dim_value") else dim.dim_param for dim in dims]


def inferred_outputs(model: onnx.ModelProto) -> dict[str, list[int | str]]:
    """The shapes that inference finds by itself: the model's own statements about its results are taken away."""
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    for value in bare.graph.output:
        value.type.tensor_type.ClearField("shape")
    del bare.graph.value_info[:]
    inferred = shape_inference.infer_shapes(bare, check_type=True, strict_mode=True, data_prop=True)
    return {value.name: sizes(value) for value in inferred.graph.output}


def run(model: bytes, feeds: list[Json]) -> list[Json]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = []
    for feed in feeds:
        arrays = {name: decode(tensor) for name, tensor in feed.items()}
        results.append({name: encode(value) for name, value in zip(names, session.run(names, arrays))})
    return results


def listing_of(text: str) -> list[str]:
    nodes = parser.parse_model(text).graph.node
    return [describe(node) for node in nodes]


def describe(node: onnx.NodeProto) -> str:
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    return f"{list(node.output)} = {node.op_type} {list(node.input)} {sorted(attributes.items())}"


def judge(job: Json) -> Json:
    data = base64.b64decode(job["model"])
    try:
        model = onnx.load_model_from_string(data)
        onnx.checker.check_model(model, full_check=True)
        shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        return {
            "error": None,
            "shapes": inferred_outputs(model),
            "outputs": run(data, job["feeds"]),
            "nodes": [describe(node) for node in model.graph.node],
            "listed": listing_of(job["listing"]),
        }
    except Exception as error:  # Whatever a library says is the finding.
        return {"error": f"{type(error).__name__}: {error}"}


def operator_forms(names: list[str], opset: int) -> Json:
    """By operator: inputs at least and at most, and the kinds of its attributes."""
    forms = {}
    for name in names:
        if not defs.has(name, max_inclusive_version=opset, domain=""):
            continue
        schema = defs.get_schema(name, opset, "")
        kinds = {key: str(value.type).rpartition(".")[2].lower() for key, value in schema.attributes.items()}
        forms[name] = {"inputs": [schema.min_input, schema.max_input], "attributes": kinds}
    return forms


def fields_of(descriptor: Any, into: Json) -> Json:
    """By message: number, type and repetition of every field."""
    into[descriptor.full_name] = {
        field.name: [field.number, field.type, field.is_repeated] for field in descriptor.fields
    }
    for nested in descriptor.nested_types:
        fields_of(nested, into)
    return into


def schema_fields() -> Json:
    into: Json = {}
    for message in onnx.onnx_pb.DESCRIPTOR.message_types_by_name.values():
        fields_of(message, into)
    return into


def main() -> None:
    request = json.load(sys.stdin)
    answer = {
        "jobs": [judge(job) for job in request.get("jobs", [])],
        "operators": {str(opset): operator_forms(request["operators"], opset) for opset in request.get("opsets", [])},
        "schema": schema_fields(),
    }
    json.dump(answer, sys.stdout)


main()
