"""The table of layers: which function computes which."""

from collections.abc import Callable

from . import attention, general, images
from .case import Case, Result

Layer = Callable[[Case, bool], Result]
"""Takes the case and whether it trains."""

LAYERS: dict[str, Layer] = {
    "Add": general.add,
    "AveragePool2D": images.average_pool2d,
    "BatchNorm": general.batch_norm,
    "Concatenate": general.concatenate,
    "Conv2D": images.conv2d,
    "Dense": general.dense,
    "DepthwiseConv2D": images.depthwise_conv2d,
    "Dropout": general.dropout,
    "Embedding": general.embedding,
    "Flatten": general.flatten,
    "GELU": general.gelu,
    "GlobalAveragePool2D": images.global_average_pool2d,
    "Input": general.feed,
    "LayerNorm": general.layer_norm,
    "LeakyReLU": general.leaky_relu,
    "MaxPool2D": images.max_pool2d,
    "MultiHeadAttention": attention.multi_head_attention,
    "Multiply": general.multiply,
    "Output": general.passed_on,
    "ReLU": general.relu,
    "Reshape": general.reshape,
    "Sigmoid": general.sigmoid,
    "Softmax": general.softmax,
    "Tanh": general.tanh,
    "ZeroPadding2D": images.zero_padding2d,
}
