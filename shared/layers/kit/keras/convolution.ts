/** What the twins of the two convolutions share in Keras. */
import { call, type Fragment, type Hole, type Keywords } from '../../../ir/emit/code';
import type { CodeEmission } from '../../../ir/emit/emission';
import type { WeightSpec } from '../../../ir/initialiser';
import type { TensorType } from '../../../ir/tensorType';
import { twin } from '../../../ir/emit/transform';
import type { SlidingWindow } from '../windowGeometry';
import { kerasInitialisers } from './initialisers';
import { kerasWindow, pair } from './window';

interface Convolution {
  readonly layer: Fragment;
  /** What stands before the size of the kernel. */
  readonly positional: readonly Hole[];
  readonly keywords: Keywords;
  readonly input: TensorType;
  readonly window: SlidingWindow;
  readonly weights: Readonly<Record<string, WeightSpec>>;
  /** TensorFlow's depthwise kernel knows one stride for both axes; Keras names its first values after it. */
  readonly depthwise?: boolean;
}

export function kerasConvolution(convolution: Convolution): CodeEmission {
  const { layer, positional, keywords, input, window, weights, depthwise = false } = convolution;
  const { strides, padding, dilation, ...beside } = kerasWindow(input, window, depthwise);
  const first = kerasInitialisers(weights, { kernel: 'glorotUniform', bias: 'zeros' });
  const member = call(layer, [...positional, pair(window.size)], {
    strides,
    padding,
    dilation_rate: dilation,
    ...keywords,
    use_bias: weights.bias ? undefined : false,
    [depthwise ? 'depthwise_initializer' : 'kernel_initializer']: first.kernel_initializer,
    bias_initializer: first.bias_initializer,
  });
  return { member, ...beside, weights: Object.keys(weights).map((name) => twin(name, name)) };
}
