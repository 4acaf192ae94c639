/** Convolutions in PyTorch: one module for both kinds, with its padding inside where PyTorch has a word for it. */
import { call, code, text } from '../../../ir/emit/code';
import type { CodeEmission } from '../../../ir/emit/emission';
import { twin, type Step } from '../../../ir/emit/transform';
import type { WeightSpec } from '../../../ir/initialiser';
import type { ImageSize } from '../imageType';
import { draw } from './draws';
import { evenPadding, functional, padded, pair, unlessOne } from './window';
import { isOne, isPadded } from '../spatial';
import { paddingOf, type SlidingWindow } from '../windowGeometry';

interface Convolution {
  readonly image: ImageSize;
  readonly window: SlidingWindow;
  readonly filters: number;
  readonly groups: number;
  readonly weights: Readonly<Record<string, WeightSpec>>;
  /** From our kernel to [filters, channels / groups, height, width]. */
  readonly kernel: readonly Step[];
}

export function pytorchConvolution({ image, window, filters, groups, weights, kernel }: Convolution): CodeEmission {
  const padding = paddingOf([image.height, image.width], window);
  // PyTorch's own "same", for stride 1, puts the odd pixel at the end as ours does.
  const same = window.padding === 'same' && isOne(window.strides) && isPadded(padding);
  const even = evenPadding(padding);
  const inside = same ? text('same') : even && isPadded(padding) ? pair(even) : undefined;
  const before = !same && !even;
  const { bias } = weights;
  return {
    member: call(code`nn.Conv2d`, [image.channels, filters, pair(window.size)], {
      stride: unlessOne(window.strides),
      padding: inside,
      dilation: unlessOne(window.dilation),
      groups: groups === 1 ? undefined : groups,
      bias: bias ? undefined : false,
    }),
    ...(before && {
      call: ({ inputs, member }) => call(code`${member}`, [padded(inputs.input!, padding)]),
      imports: [functional],
    }),
    weights: [twin('weight', 'kernel', kernel), ...(bias ? [twin('bias', 'bias')] : [])],
    initialise: {
      of: code`nn.Conv2d`,
      draws: [draw('weight', weights.kernel!), ...(bias ? [draw('bias', bias)] : [])],
    },
  };
}
