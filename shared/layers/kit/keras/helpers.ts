/** Small layers that exported Keras code brings along for what `keras.layers` lacks. */
import type { Helper } from '../../../ir/emit/emission';

const imports = ['from typing import Any'];
const withOps = ['from keras import ops'];

function layerHelper(name: string, source: string, more: readonly string[] = []): Helper {
  const whole = `@keras.saving.register_keras_serializable()\n${source.trim()}`;
  return { name, source: whole, imports: [...imports, ...more] };
}

/** Strides apart from the layer that slides: for what Keras refuses to do at once. */
export const subsampling = layerHelper(
  'Subsampling2D',
  `
class Subsampling2D(layers.Layer):
    """Keeps every n-th row and column: strides for a layer that cannot have them."""

    def __init__(self, strides: tuple[int, int], **options: Any) -> None:
        super().__init__(**options)
        self.strides = strides

    def call(self, inputs: Any) -> Any:
        """Give [batch, rows, columns, channels]."""
        vertical, horizontal = self.strides
        return inputs[:, ::vertical, ::horizontal]

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal layer."""
        return {**super().get_config(), "strides": self.strides}
`,
);

/** Padding of a MaxPooling2D: it must never win. */
export const lowPadding = layerHelper(
  'LowPadding2D',
  `
class LowPadding2D(layers.Layer):
    """Pads images with minus infinity, which no maximum takes."""

    def __init__(self, padding: tuple[tuple[int, int], ...], **options: Any) -> None:
        super().__init__(**options)
        self.padding = padding

    def call(self, inputs: Any) -> Any:
        """Give [batch, padded height, padded width, channels]."""
        margins = ((0, 0), *self.padding, (0, 0))
        return ops.pad(inputs, margins, constant_values=float("-inf"))

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal layer."""
        return {**super().get_config(), "padding": self.padding}
`,
  withOps,
);

/** Means over windows of an image that is padded in numbers, where the zeros do not count. */
export const insideAverage = layerHelper(
  'InsideAveragePooling2D',
  `
class InsideAveragePooling2D(layers.Layer):
    """Means over the part of each window that lies in the image."""

    def __init__(
        self,
        pool_size: tuple[int, int],
        strides: tuple[int, int],
        padding: tuple[tuple[int, int], ...],
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.pool_size = pool_size
        self.strides = strides
        self.padding = padding

    def call(self, inputs: Any) -> Any:
        """Give [batch, rows, columns, channels]."""
        inside = ops.ones_like(inputs[:1, :, :, :1])
        return self._means(inputs) / self._means(inside)

    def _means(self, images: Any) -> Any:
        padded = ops.pad(images, ((0, 0), *self.padding, (0, 0)))
        return ops.average_pool(padded, self.pool_size, self.strides)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal layer."""
        options = {
            "pool_size": self.pool_size,
            "strides": self.strides,
            "padding": self.padding,
        }
        return {**super().get_config(), **options}
`,
  withOps,
);

export const tanhGelu = layerHelper(
  'TanhGELU',
  `
class TanhGELU(layers.Layer):
    """The Gaussian error linear unit in its approximation by tanh."""

    def call(self, inputs: Any) -> Any:
        """Give what has the shape of the inputs."""
        return ops.gelu(inputs, approximate=True)
`,
  withOps,
);

/** `MultiHeadAttention` hands its kernels to an initialiser in three dimensions, which would change their fans. */
export const projectionScaling = layerHelper(
  'ProjectionScaling',
  `
class ProjectionScaling(keras.initializers.Initializer):
    """Variance scaling of a projection: heads and their features count as one axis."""

    def __init__(self, heads: int, head_features: int, **scaling: Any) -> None:
        self.heads = heads
        self.head_features = head_features
        self.scaling = scaling

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        """Give a kernel, inward [features, heads, head features] or outward, or a bias."""
        width = self.heads * self.head_features
        if len(shape) < 3:
            flat = (math.prod(shape),)
        elif tuple(shape[1:]) == (self.heads, self.head_features):
            flat = (shape[0], width)
        else:
            flat = (width, shape[-1])
        draw = keras.initializers.VarianceScaling(**self.scaling)
        return ops.reshape(draw(flat, dtype), shape)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal initialiser."""
        options = {"heads": self.heads, "head_features": self.head_features}
        return {**options, **self.scaling}
`,
  ['import math', ...withOps],
);

/** Keras is free to run two uses of one layer in any order, which running statistics would show. */
export const inOrder = layerHelper(
  'InOrder',
  `
class InOrder(layers.Layer):
    """Gives its first input once the second is there: shared statistics see every use in turn."""

    def call(self, inputs: Any) -> Any:
        """Give the first of the two inputs."""
        return inputs[0]
`,
);

/** TensorFlow's own softmax takes no more axes. */
export const kerasSoftmaxAxes = 5;

export const plainSoftmax = layerHelper(
  'PlainSoftmax',
  `
class PlainSoftmax(layers.Layer):
    """Softmax along an axis of tensors with more axes than TensorFlow's own takes."""

    def __init__(self, axis: int, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        """Give what has the shape of the inputs."""
        parts = ops.exp(inputs - ops.max(inputs, axis=self.axis, keepdims=True))
        return parts / ops.sum(parts, axis=self.axis, keepdims=True)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal layer."""
        return {**super().get_config(), "axis": self.axis}
`,
  withOps,
);
