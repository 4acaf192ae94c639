/** Our walk back over the recorded operations against tfjs-core's own: the same numbers, less memory, nothing left over. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../../electron/trainer/engines/tfjs/backend';
import { gradientsOf } from '../../../../../electron/trainer/engines/tfjs/gradientsOf';
import type { Tensor } from '../../../../../shared/ir/layerDefinition';
import { countPeak } from '../../../../contract/runner/peakBytes';

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});
afterEach(() => {
  expect(core.memory().numTensors).toBe(0);
  expect(core.engine().state.gradientDepth).toBe(0);
});

function weights(...shapes: number[][]): Tensor[] {
  return shapes.map((shape, at) => core.keep(core.randomNormal(shape, 0, 1, 'float32', at + 1)));
}

function both(compute: () => Tensor, xs: Tensor[]): { ours: (number[] | null)[]; theirs: (number[] | null)[] } {
  const list = (found: (Tensor | null | undefined)[]): (number[] | null)[] =>
    found.map((tensor) => (tensor ? [...tensor.dataSync()] : null));
  let result = { ours: [] as (number[] | null)[], theirs: [] as (number[] | null)[] };
  core.tidy(() => {
    const ours = list(gradientsOf(core, compute, xs));
    const { grads } = core.engine().gradients(compute, xs, undefined, true);
    result = { ours, theirs: list(grads) };
  });
  core.dispose(xs);
  return result;
}

describe('gradients', () => {
  it('equal those of tfjs-core where values branch, meet again and are used twice', () => {
    const [a, b, c] = weights([4, 3], [3, 5], [5]) as [Tensor, Tensor, Tensor];
    const { ours, theirs } = both(() => {
      const product = core.matMul(a, b);
      const bent = core.tanh(core.add(product, c));
      const [left, right] = core.split(bent, [2, 2]) as [Tensor, Tensor];
      const met = core.concat([core.mul(left, right), core.add(left, left), core.sub(right, c)]);
      return core.add(core.sum(core.square(met)), core.mean(core.mul(product, core.sum(a))));
    }, [a, b, c]);
    expect(ours).toEqual(theirs);
    expect(ours.flat().every((value) => value !== null && Number.isFinite(value) && value !== 0)).toBe(true);
  });

  it('are null for a weight that the result does not depend on, and shared by weights that are only added', () => {
    const [a, b, alone] = weights([6], [6], [2]) as [Tensor, Tensor, Tensor];
    const { ours, theirs } = both(() => core.sum(core.add(a, b)), [a, b, alone]);
    expect(ours).toEqual([Array(6).fill(1), Array(6).fill(1), null]);
    expect(theirs.slice(0, 2)).toEqual(ours.slice(0, 2));
  });

  it('survive an operation that hands one and the same gradient to both of its inputs', () => {
    const [a, b] = weights([6], [6]) as [Tensor, Tensor];
    const meet = core.customGrad((x, y) => ({
      value: core.add(x as Tensor, y as Tensor),
      gradFunc: (upstream: Tensor) => [upstream, upstream],
    }));
    const list = (tensor: Tensor | null | undefined): number[] => [...(tensor?.dataSync() ?? [])];
    let found: number[][] = [];
    let known: number[][] = [];
    core.tidy(() => {
      // tfjs-core's own walk fails here: it frees the gradient while the other input still needs it.
      const compute = (): Tensor => core.sum(core.mul(meet(core.exp(a), core.square(b)), meet(a, b)));
      found = gradientsOf(core, compute, [a, b]).map(list);
      const [sum, product] = [core.add(core.exp(a), core.square(b)), core.add(a, b)];
      const byA = core.add(core.mul(core.exp(a), product), sum);
      known = [byA, core.add(core.mul(core.mul(b, 2), product), sum)].map(list);
    });
    core.dispose([a, b]);
    found.flat().forEach((value, at) => expect(value).toBeCloseTo(known.flat()[at] ?? NaN, 4));
    expect(found.flat()).toHaveLength(12);
  });

  it('take less memory: a chain of layers is freed as it is walked back', async () => {
    const counter = await countPeak();
    const chain = (x: Tensor): Tensor => {
      let value = x;
      for (let layer = 0; layer < 20; layer++) value = core.tidy(() => core.tanh(core.mul(value, 1.01)));
      return core.sum(value);
    };
    const peakOf = (walk: (x: Tensor) => unknown): number => {
      const [x] = weights([10_000]) as [Tensor];
      counter.restart();
      core.tidy(() => void walk(x));
      core.dispose(x);
      return counter.peak() - counter.live();
    };
    const ours = peakOf((x) => gradientsOf(core, () => chain(x), [x]));
    const theirs = peakOf((x) => core.engine().gradients(() => chain(x), [x]));
    counter.stop();
    expect(ours / theirs).toBeLessThan(0.7);
  });

  it('leave nothing behind when an operation fails, forwards or backwards', () => {
    const [a] = weights([4]) as [Tensor];
    const failing = (): Tensor => {
      core.square(core.exp(a));
      throw new Error('forwards');
    };
    const withoutGradient = core.customGrad((x) => ({
      value: core.square(x as Tensor),
      gradFunc: (): Tensor => {
        throw new Error('backwards');
      },
    }));
    const run = (compute: () => Tensor) => (): unknown => core.tidy(() => void gradientsOf(core, compute, [a]));
    expect(run(failing)).toThrow('forwards');
    expect(run(() => core.sum(core.exp(withoutGradient(core.exp(a)))))).toThrow('backwards');
    core.dispose(a);
  });
});
