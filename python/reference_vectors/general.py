"""Layers that take any rank: dense, normalisation, activations, shapes, merging. The last axis is the channels."""

import torch
from torch import Tensor
from torch.nn import functional

from .case import Case, Result, only


def dense(case: Case, _training: bool) -> Result:
    return only(functional.linear(case.inputs["input"], case.weights["kernel"].T, case.weights.get("bias")))


def embedding(case: Case, _training: bool) -> Result:
    return only(functional.embedding(case.inputs["input"], case.weights["embeddings"]))


def batch_norm(case: Case, training: bool) -> Result:
    values = case.inputs["input"]
    rows = values.reshape(-1, values.shape[-1])
    mean, variance = case.weights["movingMean"].clone(), case.weights["movingVariance"].clone()
    scale, offset = case.weights["gamma"], case.weights["beta"]
    momentum = 1 - case.params["momentum"]
    output = functional.batch_norm(rows, mean, variance, scale, offset, training, momentum, case.params["epsilon"])
    if not training:
        return only(output.reshape(values.shape))
    # PyTorch keeps the unbiased variance; ours is that of the population.
    population = rows.detach().var(dim=0, unbiased=False)
    moved = (1 - momentum) * case.weights["movingVariance"] + momentum * population
    return Result({"output": output.reshape(values.shape)}, {"movingMean": mean, "movingVariance": moved})


def layer_norm(case: Case, _training: bool) -> Result:
    scale, offset = case.weights["gamma"], case.weights["beta"]
    shape = list(scale.shape)
    return only(functional.layer_norm(case.inputs["input"], shape, scale, offset, case.params["epsilon"]))


def dropout(case: Case, training: bool) -> Result:
    values, rate = case.inputs["input"], case.params["rate"]
    if not training or rate == 0:
        return only(values.clone())
    return only(torch.where(case.random["mask"] < rate, 0.0, values / (1 - rate)))


def feed(case: Case, _training: bool) -> Result:
    """An Input: samples are handed in under the name of its output."""
    return only(case.inputs["output"].clone())


def passed_on(case: Case, _training: bool) -> Result:
    return only(case.inputs["input"].clone())


def relu(case: Case, _training: bool) -> Result:
    return only(functional.relu(case.inputs["input"]))


def leaky_relu(case: Case, _training: bool) -> Result:
    return only(functional.leaky_relu(case.inputs["input"], case.params["slope"]))


def gelu(case: Case, _training: bool) -> Result:
    approximate = {"exact": "none", "tanh": "tanh"}[case.params["form"]]
    return only(functional.gelu(case.inputs["input"], approximate=approximate))


def sigmoid(case: Case, _training: bool) -> Result:
    return only(torch.sigmoid(case.inputs["input"]))


def tanh(case: Case, _training: bool) -> Result:
    return only(torch.tanh(case.inputs["input"]))


def softmax(case: Case, _training: bool) -> Result:
    return only(functional.softmax(case.inputs["input"], dim=case.params["axis"]))


def flatten(case: Case, _training: bool) -> Result:
    values = case.inputs["input"]
    return only(values.flatten(1) if values.dim() > 1 else values.unsqueeze(1))


def reshape(case: Case, _training: bool) -> Result:
    values = case.inputs["input"]
    return only(values.reshape(values.shape[0], *case.params["shape"]))


def add(case: Case, _training: bool) -> Result:
    first, *others = _branches(case)
    return only(sum(others, start=first))


def multiply(case: Case, _training: bool) -> Result:
    product, *others = _branches(case)
    for other in others:
        product = product * other
    return only(product)


def concatenate(case: Case, _training: bool) -> Result:
    return only(torch.cat(_branches(case), dim=case.params["axis"]))


def _branches(case: Case) -> list[Tensor]:
    return [case.inputs[f"input{index}"] for index in range(len(case.inputs))]
