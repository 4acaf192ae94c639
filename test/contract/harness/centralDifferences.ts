/** Compares a gradient with what the outputs really do when the layer's values move a little along a direction. */
import type { LayerDefinition, Ops } from '../../../shared/ir/layerDefinition';
import { randomStream } from '../../../shared/training/random';
import type { ExampleCase, Numbers } from './exampleCase';
import { preciseSum, tensorsOf, type Differentiated } from './runLayer';

/** Small against the spacing of the inputs (so that no kink is crossed), large against float32's rounding. */
const step = 2e-3;

export interface DirectionalDerivative {
  measured: number;
  claimed: number;
  /** How far they are apart, relative to the larger; below 2e-2 is equal. */
  relative: number;
}

/**
 * Along the signs of the gradient, with random lengths: there all parts add up, so that the derivative is far from 0
 * unless the whole gradient is. A gradient of 0 is compared on the scale of the upstream gradient.
 */
export function directionalDerivative(
  ops: Ops,
  definition: LayerDefinition,
  example: ExampleCase,
  of: Differentiated,
  gradient: Numbers,
): DirectionalDerivative {
  const stream = randomStream(0, 'direction', example.layer, example.example, of.kind, of.name);
  const lengths = stream.uniform(gradient.values.length);
  const signs = stream.uniform(gradient.values.length);
  const direction = gradient.values.map((value, index) => {
    const sign = value === 0 ? signs[index]! - 0.5 : value;
    return Math.sign(sign) * (0.5 + lengths[index]! / 2);
  });
  const claimed = gradient.values.reduce((sum, value, index) => sum + value * direction[index]!, 0);
  const ahead = movedSum(ops, definition, example, of, direction, step);
  const behind = movedSum(ops, definition, example, of, direction, -step);
  const measured = (ahead - behind) / (2 * step);
  const scale = Math.max(Math.abs(measured), Math.abs(claimed), 1e-2);
  return { measured, claimed, relative: Math.abs(measured - claimed) / scale };
}

function movedSum(
  ops: Ops,
  definition: LayerDefinition,
  example: ExampleCase,
  { kind, name }: Differentiated,
  direction: readonly number[],
  distance: number,
): number {
  const numbers = example[kind][name]!;
  const values = numbers.values.map((value, index) => value + distance * direction[index]!);
  const moved: ExampleCase = { ...example, [kind]: { ...example[kind], [name]: { ...numbers, values } } };
  const tensors = tensorsOf(ops, moved);
  const sum = preciseSum(ops, definition, moved, tensors);
  ops.dispose([tensors.inputs, tensors.weights, tensors.upstream]);
  return sum;
}
