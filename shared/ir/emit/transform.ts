/** How a weight of ours becomes a weight of a target: data that can be applied and undone. */
import { moveAxes } from './moveAxes';

/** A dense tensor of float32, row-major. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Step =
  /** Axis i of the result is axis `axes[i]` of the source. */
  | { readonly kind: 'permute'; readonly axes: readonly number[] }
  /** The same values in the same order. `from` is kept so that it can be undone. */
  | { readonly kind: 'reshape'; readonly from: readonly number[]; readonly to: readonly number[] }
  /** Entry i along `axis` of the result is entry `order[i]` of the source; `order` is a permutation. */
  | { readonly kind: 'reorder'; readonly axis: number; readonly order: readonly number[] };

/**
 * One tensor of the target. `ours` go through their steps, then lie one after the other along `axis` (alone: as it is).
 * `theirs` is its name below the member's ("weight").
 */
export interface WeightTwin {
  readonly theirs: string;
  readonly ours: readonly { readonly name: string; readonly steps: readonly Step[] }[];
  readonly axis?: number;
}

export function permute(axes: readonly number[]): Step {
  return { kind: 'permute', axes };
}

export function reshape(from: readonly number[], to: readonly number[]): Step {
  return { kind: 'reshape', from, to };
}

/** No step where the order is that of the source. */
export function reorder(axis: number, order: readonly number[] | null): Step[] {
  return order ? [{ kind: 'reorder', axis, order }] : [];
}

/** One tensor of ours that becomes one of theirs. */
export function twin(theirs: string, ours: string, steps: readonly Step[] = []): WeightTwin {
  return { theirs, ours: [{ name: ours, steps }] };
}

export function applySteps(steps: readonly Step[], values: Values): Values {
  return steps.reduce(applyStep, values);
}

export function undoSteps(steps: readonly Step[], values: Values): Values {
  return steps.map(inverse).reverse().reduce(applyStep, values);
}

/** What the target holds, from ours by name. Used for weights, gradients and optimizer state alike. */
export function toTheirs({ ours, axis = 0 }: WeightTwin, valuesOf: (name: string) => Values): Values {
  const parts = ours.map(({ name, steps }) => applySteps(steps, valuesOf(name)));
  return parts.length === 1 ? (parts[0] as Values) : concatenate(parts, axis);
}

/** Ours by name, from what the target holds; `shapes` are ours. */
export function toOurs(
  { ours, axis = 0 }: WeightTwin,
  theirs: Values,
  shapes: (name: string) => readonly number[],
): Record<string, Values> {
  const targets = ours.map(({ name, steps }) => steps.reduce(stepShape, shapes(name)));
  const parts = ours.length === 1 ? [theirs] : split(theirs, axis, targets);
  return Object.fromEntries(ours.map(({ name, steps }, at) => [name, undoSteps(steps, parts[at] as Values)]));
}

export function stepShape(shape: readonly number[], step: Step): readonly number[] {
  if (step.kind === 'permute') return step.axes.map((axis) => shape[axis] as number);
  return step.kind === 'reshape' ? step.to : shape;
}

export function inverse(step: Step): Step {
  switch (step.kind) {
    case 'permute':
      return { kind: 'permute', axes: inversePermutation(step.axes) };
    case 'reshape':
      return { kind: 'reshape', from: step.to, to: step.from };
    case 'reorder':
      return { ...step, order: inversePermutation(step.order) };
  }
}

export function inversePermutation(order: readonly number[]): number[] {
  const undone = new Array<number>(order.length).fill(0);
  order.forEach((from, to) => (undone[from] = to));
  return undone;
}

function applyStep(values: Values, step: Step): Values {
  const shape = stepShape(values.shape, step);
  switch (step.kind) {
    case 'permute':
      return { shape, data: moveAxes(values.data, values.shape, step.axes) };
    case 'reshape':
      return { shape, data: values.data };
    case 'reorder':
      return { shape, data: reordered(values, step.axis, step.order) };
  }
}

function reordered({ shape, data }: Values, axis: number, order: readonly number[]): Float32Array {
  const result = new Float32Array(data.length);
  const { outer, inner: whole } = blocks(shape, axis);
  const inner = whole / order.length;
  for (let start = 0; start < outer * whole; start += whole)
    for (let at = 0; at < order.length; at += 1) {
      const [from, to] = [start + (order[at] as number) * inner, start + at * inner];
      for (let each = 0; each < inner; each += 1) result[to + each] = data[from + each] as number;
    }
  return result;
}

/** The sizes of one block of `shape` before `axis`, along it with all after it. */
function blocks(shape: readonly number[], axis: number): { outer: number; inner: number } {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  return { outer: product(shape.slice(0, axis)), inner: product(shape.slice(axis)) };
}

function concatenate(parts: readonly Values[], axis: number): Values {
  const first = parts[0] as Values;
  const along = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.map((size, at) => (at === axis ? along : size));
  const { outer, inner } = blocks(shape, axis);
  const data = new Float32Array(outer * inner);
  let start = 0;
  for (const part of parts) {
    const own = blocks(part.shape, axis).inner;
    for (let row = 0; row < outer; row += 1)
      data.set(part.data.subarray(row * own, (row + 1) * own), row * inner + start);
    start += own;
  }
  return { shape, data };
}

function split(values: Values, axis: number, shapes: readonly (readonly number[])[]): Values[] {
  const { outer, inner } = blocks(values.shape, axis);
  let start = 0;
  return shapes.map((shape) => {
    const own = blocks(shape, axis).inner;
    const data = new Float32Array(outer * own);
    for (let row = 0; row < outer; row += 1) {
      const from = row * inner + start;
      data.set(values.data.subarray(from, from + own), row * own);
    }
    start += own;
    return { shape, data };
  });
}
