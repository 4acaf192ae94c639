/** Our weights, slots and values in PyTorch's names and layouts, and back without a bit lost, for every sample and every hard design. */
import { describe, expect, it } from 'vitest';
import { createTwins, type Twins } from '../../../../../electron/trainer/engines/pytorch/twins';
import { asDrawn, valueLayouts } from '../../../../../electron/trainer/engines/pytorch/valueLayouts';
import { elementsOf, weightGroups } from '../../../../../electron/trainer/engines/weightGroups';
import { writeSession } from '../../../../../shared/codegen/pytorch/writeSession';
import { flatten } from '../../../../../shared/ir/flatten';
import { applySteps, permute, reorder, type Values } from '../../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import { goldenNames, openGolden } from '../../../../golden/goldenDesigns';

function twinsOf(program: CheckedProgram): Twins {
  const session = writeSession(program);
  if ('obstacles' in session) throw new Error(JSON.stringify(session.obstacles));
  return createTwins(program, session.model, session.slots);
}

/** Every number is another one. */
function counted(shape: readonly number[], from: number): Values {
  return { shape, data: Float32Array.from({ length: elementsOf(shape) }, (_, at) => from + at) };
}

/** Told by a truth value: what differs among millions of numbers nobody reads. */
function sameBits(found: Float32Array | undefined, expected: Float32Array): boolean {
  return found !== undefined && Buffer.compare(new Uint8Array(found.buffer), new Uint8Array(expected.buffer)) === 0;
}

async function programOf(name: string): Promise<CheckedProgram> {
  const { program, data } = await openGolden(name);
  data?.close();
  return program;
}

describe('weights and slots', () => {
  it.each(goldenNames)('of %s go to PyTorch and come back as they were', async (name) => {
    const twins = twinsOf(await programOf(name));
    let from = 0;
    const ours = new Map(
      twins.entries.map(({ name: entry, shape }) => {
        const values = counted(shape, from);
        from += values.data.length;
        return [entry, values] as const;
      }),
    );
    const theirs = twins.toTheirs(ours);
    const back = twins.toOurs(theirs);
    expect([...back.keys()].sort()).toEqual([...ours.keys()].sort());
    for (const [key, { shape, data }] of ours) {
      expect(back.get(key)?.shape, key).toEqual(shape);
      expect(sameBits(back.get(key)?.data, data), key).toBe(true);
    }
  });

  it("of a convolution have PyTorch's order of axes, its slots PyTorch's names", async () => {
    const twins = twinsOf(await programOf('digits-cnn'));
    const kernel = twins.entries.find(({ name }) => name === 'weights/conv1/kernel');
    expect(kernel).toBeDefined();
    const [height = 0, width = 0, input = 0, output = 0] = kernel?.shape ?? [];
    const theirs = twins.toTheirs(new Map([['weights/conv1/kernel', counted(kernel?.shape ?? [], 0)]]));
    expect(theirs.get('weights/conv1.weight')?.shape).toEqual([output, input, height, width]);
    // Row 0, column 1, input 0, output 0 of ours.
    expect(theirs.get('weights/conv1.weight')?.data[1]).toBe(input * output);
    expect(twins.slots).toEqual(['exp_avg', 'exp_avg_sq']);
  });

  it.each(goldenNames)('that learn in %s stand in one group each, whatever else they are called', async (name) => {
    const program = await programOf(name);
    const twins = twinsOf(program);
    const groups = weightGroups(program);
    const parameters = twins.parametersOf(groups);
    expect(parameters).toHaveLength(groups.length);
    const shapes = new Map(twins.entries.map((entry) => [entry.name, entry.shape]));
    const ours = new Map([...shapes].map(([key, shape]) => [key, counted(shape, 0)] as const));
    const theirs = twins.toTheirs(ours);
    parameters.forEach((names, at) => {
      const elements = names.map((each) => elementsOf(theirs.get(`weights/${each}`)?.shape ?? []));
      expect(
        elements.reduce((sum, size) => sum + size, 0),
        groups[at]?.path,
      ).toBe(groups[at]?.elements);
      for (const each of names) expect(twins.groupOf(each)).toBe(groups[at]?.path);
    });
  });

  it('of which one part is missing are left out as a whole', async () => {
    const twins = twinsOf(await programOf('digits-attention'));
    const all = new Map(twins.entries.map(({ name, shape }) => [name, counted(shape, 0)] as const));
    const whole = twins.toTheirs(all);
    const [first] = twins.entries;
    all.delete(first?.name ?? '');
    const lacking = [...whole.keys()].filter((name) => !twins.toTheirs(all).has(name));
    expect(lacking).toHaveLength(1);
  });
});

describe('values', () => {
  it.each(goldenNames)('of %s have a layout each, and come back as drawn', async (name) => {
    const program = await programOf(name);
    const layouts = valueLayouts(program);
    for (const { path, layer } of flatten(program)) {
      for (const [port, type] of Object.entries(layer.outputTypes)) {
        const layout = layouts.get(`${path}:${port}`);
        expect(layout, `${path}:${port}`).toBeDefined();
        if (!layout) continue;
        const ours = counted(
          type.dims.map(({ size }) => (typeof size === 'number' ? size : 2)),
          0,
        );
        const order = reorder(layout.axes.indexOf(layout.axes.length - 1), layout.order);
        const theirs = applySteps([permute(layout.axes), ...order], ours);
        const drawn = asDrawn(layout, theirs);
        expect(drawn.shape).toEqual(ours.shape);
        expect(sameBits(drawn.data, ours.data), `${path}:${port}`).toBe(true);
      }
    }
  });

  it('of images have their channels first in PyTorch', async () => {
    const layouts = valueLayouts(await programOf('digits-cnn'));
    expect(layouts.get('conv1:output')?.axes).toEqual([0, 3, 1, 2]);
  });
});
