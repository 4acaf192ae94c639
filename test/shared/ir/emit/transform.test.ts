/** A weight that goes to a target and comes back is the same, whatever was done to it on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applySteps,
  inverse,
  inversePermutation,
  permute,
  reshape,
  toOurs,
  toTheirs,
  twin,
  undoSteps,
  type Step,
  type Values,
  type WeightTwin,
} from '../../../../shared/ir/emit/transform';

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const counted = (shape: readonly number[]): Values => ({
  shape,
  data: Float32Array.from({ length: elements(shape) }, (_, at) => at),
});

/** A permutation of 0 .. length - 1, by how often each is swapped. */
function permutation(length: number, keys: readonly number[]): number[] {
  const order = Array.from({ length }, (_, at) => at);
  return order.sort((a, b) => (keys[a % keys.length] ?? 0) - (keys[b % keys.length] ?? 0) || a - b);
}

/** Steps that fit a tensor of this shape, drawn from numbers. */
function stepsFor(shape: readonly number[], choices: readonly number[]): { steps: Step[]; shape: readonly number[] } {
  const steps: Step[] = [];
  let now = shape;
  for (const [at, choice] of choices.entries()) {
    const keys = choices.slice(at);
    if (choice % 3 === 0) {
      const axes = permutation(now.length, keys);
      steps.push(permute(axes));
      now = axes.map((axis) => now[axis] ?? 1);
    } else if (choice % 3 === 1) {
      const to = [elements(now), 1];
      steps.push(reshape(now, to));
      now = to;
    } else {
      const axis = choice % now.length;
      steps.push({ kind: 'reorder', axis, order: permutation(now[axis] ?? 1, keys) });
    }
  }
  return { steps, shape: now };
}

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const choices = fc.array(fc.nat(1000), { maxLength: 6 });

describe('the steps of a weight', () => {
  it('permute and reorder by hand', () => {
    const values = counted([2, 3]);
    expect([...applySteps([permute([1, 0])], values).data]).toEqual([0, 3, 1, 4, 2, 5]);
    const order: Step = { kind: 'reorder', axis: 1, order: [2, 0, 1] };
    expect([...applySteps([order], values).data]).toEqual([2, 0, 1, 5, 3, 4]);
    expect(inversePermutation([2, 0, 1])).toEqual([1, 2, 0]);
    expect(inverse(inverse(order))).toEqual(order);
  });

  it('are undone exactly, whatever they are', () => {
    fc.assert(
      fc.property(shapes, choices, (shape, numbers) => {
        const { steps, shape: reached } = stepsFor(shape, numbers);
        const values = counted(shape);
        const there = applySteps(steps, values);
        expect(there.shape).toEqual(reached);
        expect(undoSteps(steps, there)).toEqual(values);
      }),
    );
  });
});

describe('a tensor of a target', () => {
  it('made of several of ours falls into them again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, columns) => {
          const ours = new Map(rows.map((size, at) => [`w${at}`, counted([columns, size])]));
          const stacked: WeightTwin = {
            theirs: 'in_proj_weight',
            ours: [...ours.keys()].map((name) => ({ name, steps: [permute([1, 0])] })),
            axis: 0,
          };
          const whole = toTheirs(stacked, (name) => ours.get(name) as Values);
          expect(whole.shape).toEqual([rows.reduce((sum, size) => sum + size, 0), columns]);
          const back = toOurs(stacked, whole, (name) => ours.get(name)?.shape ?? []);
          expect(back).toEqual(Object.fromEntries(ours));
        },
      ),
    );
  });

  it('made of one is that one', () => {
    const values = counted([3, 2]);
    const alone = twin('weight', 'kernel', [permute([1, 0])]);
    const there = toTheirs(alone, () => values);
    expect(there.shape).toEqual([2, 3]);
    expect(toOurs(alone, there, () => [3, 2])).toEqual({ kernel: values });
  });
});
