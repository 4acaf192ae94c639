"""From a case to what is committed: outputs, gradients and updates in both modes, as JSON."""

import base64
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from .case import Case, Result, Tensors
from .layers import LAYERS


def vectors_of(case: Case) -> dict[str, Any]:
    """`evaluate` is left out where it gives exactly what training gives."""
    differentiable = _with_gradients(case)
    trained = LAYERS[case.layer](differentiable, True)
    total = _weighted_sum(trained, case)
    if total.requires_grad:
        torch.autograd.backward(total)
    evaluated = LAYERS[case.layer](case, False)
    entry: dict[str, Any] = {
        "hash": case.hash,
        "train": {
            "outputs": _encode_all(trained.outputs),
            "updates": _encode_all(trained.updates),
            "inputGradients": _encode_all(_gradients(differentiable.inputs)),
            "weightGradients": _encode_all(_gradients(differentiable.weights)),
        },
    }
    if any(not torch.equal(evaluated.outputs[port], output) for port, output in trained.outputs.items()):
        entry["evaluate"] = {"outputs": _encode_all(evaluated.outputs)}
    return entry


def _with_gradients(case: Case) -> Case:
    """The same numbers as leaves of a graph: real inputs and trainable weights."""
    inputs = {name: _leaf(value, value.is_floating_point()) for name, value in case.inputs.items()}
    weights = {name: _leaf(value, name in case.trainable) for name, value in case.weights.items()}
    return replace(case, inputs=inputs, weights=weights)


def _leaf(value: Tensor, wanted: bool) -> Tensor:
    return value.clone().requires_grad_(wanted)


def _weighted_sum(result: Result, case: Case) -> Tensor:
    terms = [(output * case.upstream[port]).sum() for port, output in result.outputs.items()]
    return torch.stack(terms).sum()


def _gradients(tensors: Tensors) -> Tensors:
    wanted = {name: tensor for name, tensor in tensors.items() if tensor.requires_grad}
    return {name: torch.zeros_like(t) if t.grad is None else t.grad for name, t in wanted.items()}


def _encode_all(tensors: Tensors) -> dict[str, Any]:
    return {name: _encode(tensor) for name, tensor in tensors.items()}


def _encode(tensor: Tensor) -> dict[str, Any]:
    """Float64, little-endian whatever the machine, in base64."""
    values = tensor.detach().to(torch.float64).contiguous().numpy().astype("<f8")
    return {"shape": list(tensor.shape), "data": base64.b64encode(values.tobytes()).decode("ascii")}
