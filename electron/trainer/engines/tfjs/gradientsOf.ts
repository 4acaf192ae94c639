/**
 * Gradients by walking the recorded operations backwards. tfjs-core's own walk keeps every upstream gradient and every
 * saved value to its end; this one frees each as soon as it has been used, which halves the memory of a step.
 */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from './backend';

type Tape = NonNullable<ReturnType<TensorLibrary['engine']>['state']['activeTape']>;
type TapeNode = Tape[number];

/** Gradients of a number by each weight; null where it does not depend on one. Call within a scope that frees the rest. */
export function gradientsOf(core: TensorLibrary, compute: () => Tensor, weights: readonly Tensor[]): (Tensor | null)[] {
  const { tape, result } = record(core, compute);
  const waiting = new Set(tape);
  const upstream = createUpstream();
  try {
    const wanted = new Set(weights.map(({ id }) => id));
    const between = connecting(tape, wanted, result.id);
    for (const node of tape) if (!between.has(node)) forget(node, waiting);
    upstream.add(result.id, core.ones(result.shape));
    for (let at = tape.length - 1; at >= 0; at--) {
      const node = tape[at] as TapeNode;
      const inputs = between.get(node);
      if (!inputs) continue;
      const arrived = node.outputs.map(({ id }) => upstream.get(id));
      passBack(core, node, inputs, arrived, upstream);
      for (const { id } of node.outputs) upstream.remove(id);
      forget(node, waiting);
    }
    return weights.map(({ id }) => upstream.get(id));
  } finally {
    for (const node of waiting) freeSaved(node);
  }
}

/** Runs `compute` while tfjs-core writes down every operation with what its gradient needs. */
function record(core: TensorLibrary, compute: () => Tensor): { tape: Tape; result: Tensor } {
  const { state } = core.engine();
  const tape: Tape = [];
  state.activeTape = tape;
  state.gradientDepth += 1;
  try {
    return { tape, result: core.tidy(compute) };
  } catch (error) {
    for (const node of tape) freeSaved(node);
    throw error;
  } finally {
    state.gradientDepth -= 1;
    state.activeTape = [];
  }
}

/** The operations on a way from a weight to the result, each with the inputs that lie on one. */
function connecting(tape: Tape, weights: ReadonlySet<number>, result: number): Map<TapeNode, [string, number][]> {
  const fromWeights = new Set(weights);
  for (const { inputs, outputs } of tape)
    if (Object.values(inputs).some(({ id }) => fromWeights.has(id))) for (const { id } of outputs) fromWeights.add(id);
  const toResult = new Set([result]);
  const between = new Map<TapeNode, [string, number][]>();
  for (let at = tape.length - 1; at >= 0; at--) {
    const node = tape[at] as TapeNode;
    if (!node.outputs.some(({ id }) => toResult.has(id))) continue;
    const inputs = Object.entries(node.inputs).map(([name, { id }]): [string, number] => [name, id]);
    for (const [, id] of inputs) toResult.add(id);
    const learning = inputs.filter(([, id]) => fromWeights.has(id));
    if (learning.length > 0) between.set(node, learning);
  }
  return between;
}

function passBack(
  core: TensorLibrary,
  node: TapeNode,
  inputs: readonly [string, number][],
  arrived: (Tensor | null)[],
  upstream: Upstream,
): void {
  if (!node.gradient) throw new Error(`the operation ${node.kernelName} has no gradient`);
  // tfjs-core puts zeros in place of gradients that are missing.
  const gradients = core.tidy(() => {
    const byInput = node.gradient?.(arrived as Tensor[]) ?? {};
    return inputs.map(([name]) => {
      const gradient = byInput[name];
      if (!gradient) throw new Error(`the operation ${node.kernelName} has no gradient for its input ${name}`);
      const found = gradient();
      // What was saved for the gradient may be the gradient itself; it is about to be freed.
      return found.kept ? core.clone(found) : found;
    });
  });
  inputs.forEach(([, id], at) => {
    const gradient = gradients[at] as Tensor;
    const before = upstream.get(id);
    upstream.add(id, before ? core.add(before, gradient) : gradient);
    if (before) upstream.release(gradient);
  });
}

function forget(node: TapeNode, waiting: Set<TapeNode>): void {
  waiting.delete(node);
  freeSaved(node);
}

function freeSaved({ saved }: TapeNode): void {
  for (const tensor of saved ?? []) if (!tensor.isDisposed) tensor.dispose();
}

/** Gradients by the value they belong to. One tensor may be that of several values: a sum hands its own to each part. */
interface Upstream {
  get: (id: number) => Tensor | null;
  /** Takes the place of what was there. */
  add: (id: number, gradient: Tensor) => void;
  remove: (id: number) => void;
  /** Frees a tensor that belongs to no value. */
  release: (gradient: Tensor) => void;
}

function createUpstream(): Upstream {
  const gradients = new Map<number, Tensor>();
  const holders = new Map<Tensor, number>();
  const release = (gradient: Tensor): void => {
    if ((holders.get(gradient) ?? 0) > 0 || gradient.kept || gradient.isDisposed) return;
    gradient.dispose();
  };
  const remove = (id: number): void => {
    const gradient = gradients.get(id);
    if (!gradient) return;
    gradients.delete(id);
    holders.set(gradient, (holders.get(gradient) ?? 0) - 1);
    release(gradient);
  };
  return {
    get: (id) => gradients.get(id) ?? null,
    add(id, gradient) {
      holders.set(gradient, (holders.get(gradient) ?? 0) + 1);
      remove(id);
      gradients.set(id, gradient);
    },
    remove,
    release,
  };
}
