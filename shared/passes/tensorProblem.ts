/** Part of `checkSizes`: a tensor of a layer that no engine can hold, and the parameter that makes it so. */
import type { LayerInstance } from '../ir/program';
import type { TensorType } from '../ir/tensorType';
import { problem, type Problem } from '../messages';
import type { Repair } from '../messages/define';

/** Elements of one tensor: what 32-bit indices reach. */
const mostElements = 2 ** 31;

/** The first weight or output that has no elements or too many. Sizes that are not known count as one. */
export function tensorProblem(layer: LayerInstance, batchSize: number): Problem | null {
  for (const name in layer.weights) {
    const shape = layer.weights[name]?.shape ?? [];
    if (!fits(shape, 1)) return refuse(layer, `weight ${name}`, shape, 1);
  }
  for (const port in layer.outputTypes) {
    const { dims } = layer.outputTypes[port] as TensorType;
    let elements = batchSize;
    for (let axis = 1; axis < dims.length; axis++) {
      const size = dims[axis]?.size;
      elements *= typeof size !== 'number' ? 1 : size >= 1 ? size : NaN;
    }
    if (!(elements <= mostElements)) return refuse(layer, 'output', knownSizes(dims), batchSize);
  }
  return null;
}

function fits(shape: readonly number[], batchSize: number): boolean {
  return shape.every((size) => size >= 1) && shape.reduce((product, size) => product * size, batchSize) <= mostElements;
}

function knownSizes(dims: TensorType['dims']): number[] {
  return dims.slice(1).map(({ size }) => (typeof size === 'number' ? size : 1));
}

function refuse(layer: LayerInstance, what: string, sizes: readonly number[], batchSize: number): Problem {
  const shape = (what === 'output' ? [batchSize, ...sizes] : sizes).join('×');
  if (sizes.some((size) => !(size >= 1))) return problem('tensorEmpty', { what, shape }, { param: largestSize(layer) });
  const fitting = Math.floor(mostElements / sizes.reduce((product, size) => product * size, 1));
  const { param, reduce, repairs } = waysToReduce(layer, batchSize > 1 && fitting >= 1 ? fitting : null);
  return problem('tensorTooLarge', { what, shape, most: '2^31', reduce }, { param, repairs });
}

/** What to change where a layer is too large. `fitting`: the batch size at which it would not be; null where none is. */
export function waysToReduce(
  layer: LayerInstance,
  fitting: number | null,
): { param: string | undefined; reduce: string; repairs: Repair[] } {
  const param = largestSize(layer);
  const sizes = param ?? 'the sizes of what reaches it';
  if (fitting === null) return { param, reduce: sizes, repairs: [] };
  const actions = [{ action: 'setTraining' as const, path: 'batchSize', value: fitting }];
  const repairs = [{ title: `Set the batch size to ${fitting}`, actions }];
  return { param, reduce: `${sizes} or the batch size`, repairs };
}

const sizeKinds = ['integer', 'integerList', 'size2d', 'padding2d'];

/** The parameter with the largest number, of those that are sizes; undefined for a layer that has none. */
function largestSize({ definition, params }: LayerInstance): string | undefined {
  let found: string | undefined;
  let most = 0;
  for (const [name, { kind }] of Object.entries(definition.params)) {
    if (!sizeKinds.includes(kind)) continue;
    const numbers = [params[name]].flat(3).filter((part): part is number => typeof part === 'number');
    if (Math.max(0, ...numbers) <= most) continue;
    most = Math.max(...numbers);
    found = name;
  }
  return found;
}
