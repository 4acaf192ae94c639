/** Pooling in PyTorch: its modules where they know the padding, else the padding before them. */
import { call, code, text, type Hole } from '../../../ir/emit/code';
import type { CodeEmission, Helper } from '../../../ir/emit/emission';
import type { Pooling } from '../pooling';
import { evenPadding, functional, padded, pair, sides } from './window';
import { isPadded } from '../spatial';

const averageInside: Helper = {
  name: 'average_inside',
  source: `def average_inside(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int],
    padding: tuple[int, int, int, int],
) -> Tensor:
    """Means of windows over the image alone: what is padded does not count."""
    inside = F.pad(torch.ones_like(x[:1, :1]), padding)
    sums = F.avg_pool2d(F.pad(x, padding), kernel_size, stride)
    return sums / F.avg_pool2d(inside, kernel_size, stride)`,
  imports: ['import torch', 'from torch import Tensor', functional],
};

export function pytorchMaxPooling(pooling: Pooling): CodeEmission {
  const inside = paddingInside(pooling);
  if (inside === null) {
    const lowest = call(code`float`, [text('-inf')]);
    return {
      operation: ({ input }) => call(code`F.max_pool2d`, [padded(input!, pooling.padding, lowest), ...sizes(pooling)]),
      imports: [functional],
    };
  }
  const options = { padding: inside };
  return {
    member: call(code`nn.MaxPool2d`, sizes(pooling), options),
    operation: ({ input }) => call(code`F.max_pool2d`, [input!, ...sizes(pooling)], options),
    imports: [functional],
  };
}

export function pytorchAveragePooling(pooling: Pooling, countPadding: boolean): CodeEmission {
  const inside = paddingInside(pooling);
  if (inside !== null) {
    const options = { padding: inside, count_include_pad: inside === undefined || countPadding ? undefined : false };
    return {
      member: call(code`nn.AvgPool2d`, sizes(pooling), options),
      operation: ({ input }) => call(code`F.avg_pool2d`, [input!, ...sizes(pooling)], options),
      imports: [functional],
    };
  }
  if (countPadding)
    return {
      operation: ({ input }) => call(code`F.avg_pool2d`, [padded(input!, pooling.padding), ...sizes(pooling)]),
      imports: [functional],
    };
  const { size, strides, padding } = pooling;
  return {
    operation: ({ input }) => call(code`average_inside`, [input!, pair(size), pair(strides), sides(padding)]),
    helpers: [averageInside],
  };
}

/** The window, and its strides where they are not the window. */
function sizes({ size, strides }: Pooling): Hole[] {
  const same = size[0] === strides[0] && size[1] === strides[1];
  return same ? [pair(size)] : [pair(size), pair(strides)];
}

/** What PyTorch's pools take themselves: equal on opposite sides, at most half the window. Null: they do not. */
function paddingInside({ size, padding }: Pooling): Hole | undefined | null {
  if (!isPadded(padding)) return undefined;
  const even = evenPadding(padding);
  return even && even[0] <= size[0] / 2 && even[1] <= size[1] / 2 ? pair(even) : null;
}
