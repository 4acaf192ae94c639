/** Both sides compute without dropout, and what is near enough is judged by the stated bounds. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutRates, withoutDropout } from '../../../../electron/services/export/verifyReference';
import { checkOf, measured, outputBound, within, wrong } from '../../../../electron/services/export/verifyChecks';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import { designSchema } from '../../../../shared/design/schema';
import { layerRegistry } from '../../../../shared/layers/registry';
import { exampleCase } from '../../../contract/harness/exampleCase';
import { randomNumbers, tensorsOf } from '../../../contract/harness/runLayer';

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('cpu');
});

describe('a design without dropout', () => {
  it('has a rate of 0 wherever a layer would draw numbers in training: every such layer is known', () => {
    const drawing = layerRegistry.list.flatMap((definition) => {
      const rate = dropoutRates[definition.type];
      const draws = (params: Record<string, unknown>, at: number): boolean => {
        const example = definition.examples[at];
        if (!example) return false;
        const numbers = { ...exampleCase(definition, example, 2), params };
        let drawn = false;
        core.tidy(() => {
          const random = {
            uniform: (name: string, shape: readonly number[]) => {
              drawn = true;
              return core.tensor(randomNumbers(numbers, name, shape).values, [...shape], 'float32');
            },
          };
          definition.build(core, { ...tensorsOf(core, numbers), params: params, mode: 'train', random });
        });
        return drawn;
      };
      const drawn = definition.examples.filter((example, at) => draws(exampleCase(definition, example, 2).params, at));
      if (rate !== undefined) {
        const still = definition.examples.filter((example, at) =>
          draws({ ...exampleCase(definition, example, 2).params, [rate]: 0 }, at),
        );
        expect(
          still.map(({ name }) => name),
          definition.type,
        ).toEqual([]);
      }
      return drawn.length > 0 ? [definition.type] : [];
    });
    expect(drawing.sort()).toEqual(Object.keys(dropoutRates).sort());
  });

  it('has it in blocks as well, and nothing else is changed', () => {
    const design = designSchema.parse({
      netloom: 1,
      nodes: [
        { id: 'drop', layer: 'Dropout', params: { rate: 0.3 } },
        { id: 'dense', layer: 'Dense', params: { units: 3 } },
        { id: 'stage', block: 'part' },
      ],
      wires: [],
      blocks: {
        part: {
          nodes: [{ id: 'inner', layer: 'MultiHeadAttention', params: { heads: 2, dropout: '=rate' } }],
          wires: [],
        },
      },
    });
    const text = JSON.stringify(withoutDropout(design));
    expect(text).toContain('"params":{"rate":0}');
    expect(text).toContain('"params":{"heads":2,"dropout":0}');
    expect(text).toContain('"params":{"units":3}');
  });
});

describe('a difference', () => {
  const values = (...data: number[]): { shape: number[]; data: Float32Array } => ({
    shape: [data.length],
    data: Float32Array.from(data),
  });
  const where = { node: 'dense', tensor: 'weight' };

  it('is the largest of a tensor, as a part of what is allowed', () => {
    const { difference, allowed, ratio } = within(values(1, 2.001), values(1, 2), outputBound, where);
    expect(difference).toBeCloseTo(0.001, 5);
    expect(allowed).toBeCloseTo(1e-5 + 2e-4, 8);
    expect(ratio).toBeCloseTo(difference / allowed, 5);
  });

  it('is too large where a value is no number, or where nothing is allowed', () => {
    const exact = { absolute: 0, relative: 0 };
    expect(within(values(NaN, 1), values(1, 1), outputBound, where).ratio).toBe(Infinity);
    expect(within(values(Infinity), values(1), outputBound, where).ratio).toBe(Infinity);
    expect(within(values(1), values(NaN), outputBound, where).ratio).toBeNaN();
    expect(within(values(1 + 1e-6), values(1), exact, where).ratio).toBe(Infinity);
    expect(within(values(1), values(1), exact, where).ratio).toBe(0);
    for (const ratio of [NaN, Infinity, 1.01])
      expect(checkOf('outputs', [{ ...measured(0, 1, where), ratio }]).ok, String(ratio)).toBe(false);
  });

  it('of all is told with the worst first, and what is missing is among them', () => {
    const check = checkOf('names', [measured(0.5, 1, where), wrong('is missing', where), measured(2, 1, where)]);
    expect(check).toMatchObject({ ok: false, compared: 3, worst: { what: 'is missing' } });
    expect(check.failed.map(({ ratio }) => ratio)).toEqual([Infinity, 2]);
  });
});
