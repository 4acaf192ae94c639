/** The twin of convolutions that TensorFlow.js cannot train by itself: in groups, with dilation, with two strides. */
import { code } from '../../../ir/emit/code';
import type { CodeEmission } from '../../../ir/emit/emission';
import type { WeightTwin } from '../../../ir/emit/transform';
import type { WeightSpec } from '../../../ir/initialiser';
import { isOne, isPadded, type Padding, type Pair } from '../spatial';
import { marginsOf, pairOf, tfjsClass } from './twin';
import { groupedConv2D } from './groupedConv2D';
import { initialiserObjectOf } from './initialiserOf';

interface Grouped {
  readonly filters: number;
  readonly groups: number;
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly specs: Readonly<Record<string, WeightSpec>>;
  readonly weights: readonly WeightTwin[];
}

export function groupedTwin(grouped: Grouped): CodeEmission {
  const { filters, groups, kernelSize, strides, dilation, padding, specs, weights } = grouped;
  const settings = {
    filters,
    kernelSize: pairOf(kernelSize),
    strides: isOne(strides) ? undefined : pairOf(strides),
    padding: isPadded(padding) ? marginsOf(padding) : undefined,
    dilation: isOne(dilation) ? undefined : pairOf(dilation),
    groups: groups === 1 ? undefined : groups,
    useBias: specs.bias ? undefined : false,
    kernelInitializer: initialiserObjectOf(specs.kernel, 'glorotUniform'),
    biasInitializer: initialiserObjectOf(specs.bias, 'zeros'),
  };
  return tfjsClass(code`new GroupedConv2D`, [groupedConv2D], settings, weights);
}
