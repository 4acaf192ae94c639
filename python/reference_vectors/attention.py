"""Attention of several heads, written with einsum over an explicit axis of heads."""

import math

import torch
from torch import Tensor

from .case import Case, Result, only


def multi_head_attention(case: Case, training: bool) -> Result:
    query = case.inputs["query"]
    value = case.inputs.get("value", query)
    key = case.inputs.get("key", value)
    scores = torch.einsum("bfhw,bthw->bhft", _heads(case, "query", query), _heads(case, "key", key))
    scores = scores / math.sqrt(case.params["keyFeatures"])
    if case.params["causal"]:
        future = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=1)
        scores = scores.masked_fill(future, float("-inf"))
    weights = _dropped(case, torch.softmax(scores, dim=-1), training)
    gathered = torch.einsum("bhft,bthw->bfhw", weights, _heads(case, "value", value))
    return only(_affine(case, "output", gathered.flatten(2)))


def _heads(case: Case, name: str, values: Tensor) -> Tensor:
    """[batch, time, heads, width]."""
    projected = _affine(case, name, values)
    return projected.reshape(*projected.shape[:-1], case.params["heads"], -1)


def _affine(case: Case, name: str, values: Tensor) -> Tensor:
    return torch.nn.functional.linear(values, case.weights[f"{name}Kernel"].T, case.weights.get(f"{name}Bias"))


def _dropped(case: Case, weights: Tensor, training: bool) -> Tensor:
    rate = case.params["dropout"]
    if not training or rate == 0:
        return weights
    chances = case.random["dropout"].reshape(weights.shape)
    return torch.where(chances < rate, 0.0, weights / (1 - rate))
