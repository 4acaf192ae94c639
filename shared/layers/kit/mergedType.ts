/** What Add and Multiply share: many inputs of equal sizes (or 1, which is repeated), and the repairs where they differ. */
import type { Types } from '../../ir/layerDefinition';
import { formatType, type Dim, type TensorType } from '../../ir/tensorType';
import { problem, type Problem } from '../../messages';
import type { Repair } from '../../messages/define';
import { elementsOf, manyOf, notFloat } from './typeChecks';

interface Wired {
  port: string;
  value: TensorType;
}

/** The common type of all inputs; sizes of 1 are repeated to the size of the others. */
export function mergedType(layer: string, inputs: Types): Types | Problem {
  const [first, ...others] = manyOf(inputs, 'input');
  let merged = first!;
  const wrong = notFloat(layer, merged.value, merged.port);
  if (wrong) return wrong;
  for (const other of others) {
    const unfit = notFloat(layer, other.value, other.port);
    if (unfit) return unfit;
    const dims = mergedDims(merged.value.dims, other.value.dims);
    if (!dims) return sizesDiffer(layer, merged, other);
    merged = { port: merged.port, value: { dtype: 'float32', dims } };
  }
  return { output: merged.value };
}

function mergedDims(a: readonly Dim[], b: readonly Dim[]): Dim[] | null {
  if (a.length !== b.length) return null;
  const dims = a.map((dim, axis) => {
    const other = b[axis]!;
    if (dim.size === other.size || other.size === 1) return dim;
    return dim.size === 1 ? other : null;
  });
  return dims.some((dim) => dim === null) ? null : (dims as Dim[]);
}

function sizesDiffer(layer: string, first: Wired, second: Wired): Problem {
  const expected = 'inputs of equal sizes (a size of 1 is repeated)';
  const types = { first: formatType(first.value), second: formatType(second.value) };
  const args = { layer, expected, ...types, firstPort: first.port, secondPort: second.port };
  return problem('sizesDiffer', args, { port: second.port, repairs: projections(first, second) });
}

/** A 1x1 convolution gives images the channels of the other branch, with strides its size too; a Dense does so for features. */
function projections(first: Wired, second: Wired): Repair[] {
  const candidates = elementsOf(first.value) <= elementsOf(second.value) ? [first, second] : [second, first];
  return candidates.flatMap((branch) => {
    const repair = projection(branch, branch === first ? second : first);
    return repair ? [repair] : [];
  });
}

function projection(from: Wired, to: Wired): Repair | null {
  const source = from.value.dims.map((dim) => dim.size);
  const goal = to.value.dims.map((dim) => dim.size);
  const width = goal[goal.length - 1];
  if (source.length !== goal.length || typeof width !== 'number') return null;
  if (source.length === 4) return convolution(from.port, source.slice(1, 3), goal.slice(1, 3), width);
  if (source.slice(0, -1).some((size, axis) => size !== goal[axis])) return null;
  const title = `Match the ${width} features of ${to.port} by a Dense before ${from.port}`;
  const params = { units: width };
  return { title, actions: [{ action: 'insertBefore', port: from.port, layer: 'Dense', params }] };
}

type Sizes = readonly (number | string)[];

function convolution(port: string, source: Sizes, goal: Sizes, filters: number): Repair | null {
  const strides: number[] = [];
  for (const axis of [0, 1]) {
    const from = source[axis];
    const to = goal[axis];
    if (typeof from !== 'number' || typeof to !== 'number' || from % to !== 0) return null;
    strides.push(from / to);
  }
  const stride = strides[0] === strides[1] ? strides[0]! : strides;
  const params = { filters, kernelSize: 1, bias: false, ...(stride === 1 ? {} : { strides: stride }) };
  const title = `Match the ${filters} channels by a 1×1 convolution before ${port}`;
  return { title, actions: [{ action: 'insertBefore', port, layer: 'Conv2D', params }] };
}
