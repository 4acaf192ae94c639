"""Layers for images, in torch.nn.functional. Images come and go as [batch, height, width, channels]."""

import torch
from torch import Tensor
from torch.nn import functional

from .case import Case, Result, only


def _channels_first(image: Tensor) -> Tensor:
    return image.permute(0, 3, 1, 2)


def _channels_last(image: Tensor) -> Tensor:
    return image.permute(0, 2, 3, 1)


def _margins(case: Case, image: Tensor, size: list[int], strides: list[int], dilation: list[int]) -> list[int]:
    """[left, right, top, bottom], as `functional.pad` wants it. "same" by TensorFlow's documented rule."""
    padding = case.params["padding"]
    if padding == "valid":
        return [0, 0, 0, 0]
    if padding != "same":
        (top, bottom), (left, right) = padding
        return [left, right, top, bottom]
    margins: list[int] = []
    for axis in (1, 0):
        length = image.shape[1 + axis]
        covered = dilation[axis] * (size[axis] - 1) + 1
        rest = length % strides[axis]
        total = max(covered - (rest if rest else strides[axis]), 0)
        margins += [total // 2, total - total // 2]
    return margins


def conv2d(case: Case, _training: bool) -> Result:
    kernel = case.weights["kernel"].permute(3, 2, 0, 1)
    return _convolution(case, kernel, case.params["groups"])


def depthwise_conv2d(case: Case, _training: bool) -> Result:
    height, width, channels, multiplier = case.weights["kernel"].shape
    kernel = case.weights["kernel"].permute(2, 3, 0, 1).reshape(channels * multiplier, 1, height, width)
    return _convolution(case, kernel, channels)


def _convolution(case: Case, kernel: Tensor, groups: int) -> Result:
    image = case.inputs["input"]
    strides, dilation = case.params["strides"], case.params["dilation"]
    margins = _margins(case, image, case.params["kernelSize"], strides, dilation)
    padded = functional.pad(_channels_first(image), margins)
    output = functional.conv2d(padded, kernel, case.weights.get("bias"), strides, 0, dilation, groups)
    return only(_channels_last(output))


def max_pool2d(case: Case, _training: bool) -> Result:
    size = case.params["poolSize"]
    strides = case.params["strides"] or size
    image = case.inputs["input"]
    margins = _margins(case, image, size, strides, [1, 1])
    padded = functional.pad(_channels_first(image), margins, value=float("-inf"))
    return only(_channels_last(functional.max_pool2d(padded, size, strides)))


def average_pool2d(case: Case, _training: bool) -> Result:
    size = case.params["poolSize"]
    strides = case.params["strides"] or size
    image = _channels_first(case.inputs["input"])
    margins = _margins(case, case.inputs["input"], size, strides, [1, 1])
    inside = torch.ones_like(image)
    counted = torch.ones_like(functional.pad(image, margins)) if case.params["countPadding"] else None
    counts = counted if counted is not None else functional.pad(inside, margins)
    sums = functional.avg_pool2d(functional.pad(image, margins), size, strides, divisor_override=1)
    return only(_channels_last(sums / functional.avg_pool2d(counts, size, strides, divisor_override=1)))


def global_average_pool2d(case: Case, _training: bool) -> Result:
    pooled = functional.adaptive_avg_pool2d(_channels_first(case.inputs["input"]), 1)
    return only(pooled.flatten(1))


def zero_padding2d(case: Case, _training: bool) -> Result:
    (top, bottom), (left, right) = case.params["padding"]
    padded = functional.pad(_channels_first(case.inputs["input"]), [left, right, top, bottom])
    return only(_channels_last(padded))
