/** What layers ask of the types that reach them, whatever their rank, and how they count elements. */
import type { Types } from '../../ir/layerDefinition';
import { formatType, type Dim, type TensorType } from '../../ir/tensorType';
import { problem, type Problem } from '../../messages';

/** Layers that compute take float32; null where the input is that. */
export function notFloat(layer: string, type: TensorType, port = 'input'): Problem | null {
  if (type.dtype === 'float32') return null;
  const received = formatType(type);
  // Whole numbers are mostly indices of words or classes: an Embedding turns them into features.
  const embed = {
    title: 'Insert an Embedding before this layer',
    actions: [{ action: 'insertBefore' as const, port, layer: 'Embedding', params: {} }],
  };
  const repairs = type.dtype === 'int32' ? [embed] : [];
  return problem('wrongDataType', { layer, expected: 'float32', received }, { port, repairs });
}

/** Types at the ports name0, name1, ... of a port that takes many, in their order. */
export function manyOf<Value>(values: Record<string, Value>, name: string): { port: string; value: Value }[] {
  const indexOf = (port: string): number => Number(port.slice(name.length));
  const found: { port: string; value: Value }[] = [];
  let sorted = true;
  for (const port in values) {
    if (!port.startsWith(name) || port === name || !(indexOf(port) >= 0)) continue;
    const last = found[found.length - 1];
    if (last && indexOf(last.port) > indexOf(port)) sorted = false;
    found.push({ port, value: values[port] as Value });
  }
  return sorted ? found : found.sort((a, b) => indexOf(a.port) - indexOf(b.port));
}

/** The position that a possibly negative axis means, or a problem; the batch axis is not to be had. */
export function resolveAxis(layer: string, axis: number, type: TensorType, port = 'input'): number | Problem {
  const rank = type.dims.length;
  const position = axis < 0 ? rank + axis : axis;
  if (position >= 1 && position < rank) return position;
  return problem('axisOutOfRange', { layer, axis, received: formatType(type) }, { param: 'axis', port });
}

/** A known size; a symbolic one counts as 1, so that costs are those of one step of a sequence. */
export function countOf(dim: Dim | undefined): number {
  return typeof dim?.size === 'number' ? dim.size : 1;
}

/** The size of the last axis, where it is known. */
export function lastSize(type: TensorType): number {
  return countOf(type.dims[type.dims.length - 1]);
}

/** Elements of one sample, with symbolic sizes counted as 1. */
export function elementsOf(type: TensorType): number {
  return type.dims.slice(1).reduce((product, dim) => product * countOf(dim), 1);
}

/** For layers that leave the type as it is: the type of `input`, if that holds float32. */
export function sameFloatType(layer: string, inputs: Types): Types | Problem {
  const input = inputs.input!;
  return notFloat(layer, input) ?? { output: input };
}
