/** Several outputs, shared weights and blocks: how columns, groups and outputs are named, and what their losses add up to. */
import { describe, expect, it } from 'vitest';
import { weightGroups } from '../../../../electron/trainer/engines/weightGroups';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { valueKeys } from '../../../../shared/ir/valueKeys';
import { library } from '../../../../shared/library';
import { everySample, tinyData, tinySteps } from '../../../contract/runner/tinyDesigns';
import { tinyProgram } from '../../../contract/runner/tinyProgram';
import { withRunner } from '../../../contract/runner/withRunner';

const calm = { aborted: false };

/** One Dense used twice in a row, and two heads of unequal weight. */
function forked(): CheckedProgram {
  const metrics = ['accuracy', { type: 'topK', k: 1 }, { type: 'topK', k: 2 }];
  return tinyProgram({
    data: tinyData,
    layers: [
      { id: 'in', layer: 'Input', params: { shape: [4, 4, 1], field: 'image' } },
      { id: 'flat', layer: 'Flatten' },
      { id: 'first', layer: 'Dense', params: { units: 16 } },
      { id: 'again', layer: 'Dense', params: { units: 16 }, weightsOf: 'first' },
      { id: 'scores', layer: 'Dense', params: { units: 3 } },
      { id: 'left', layer: 'Output', params: { target: 'label', metrics } },
      { id: 'right', layer: 'Output', params: { target: 'label', weight: 0.5 }, inputs: ['scores'] },
    ],
  });
}

/** A block of two layers, three times in a row. */
function repeated(): CheckedProgram {
  const design = designSchema.parse({
    netloom: 1,
    nodes: [
      { id: 'in', layer: 'Input', params: { shape: [4, 4, 1], field: 'image' } },
      { id: 'flat', layer: 'Flatten' },
      { id: 'stage', block: 'pair', times: 3 },
      { id: 'scores', layer: 'Dense', params: { units: 3 } },
      { id: 'out', layer: 'Output', params: { target: 'label' } },
    ],
    wires: ['in:flat', 'flat:stage', 'stage:scores', 'scores:out'].map((wire) => {
      const [from, to] = wire.split(':');
      return { from, to };
    }),
    blocks: {
      pair: {
        nodes: [
          { id: 'x', layer: 'Input' },
          { id: 'mix', layer: 'Dense', params: { units: 16 } },
          { id: 'bend', layer: 'Tanh' },
          { id: 'y', layer: 'Output' },
        ],
        wires: [
          { from: 'x', to: 'mix' },
          { from: 'mix', to: 'bend' },
          { from: 'bend', to: 'y' },
        ],
      },
    },
  });
  const { program, diagnostics } = compile(design, library, { data: tinyData });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

describe('a design with two outputs', () => {
  it('reports the loss and the metrics of each, and their weighted sum', async () => {
    await withRunner(forked(), async (runner) => {
      expect(runner.scalarNames).toEqual([
        ...['loss', 'left/loss', 'right/loss', 'left/accuracy', 'left/topK', 'left/topK2'],
        ...['right/accuracy', 'learningRate', 'gradientNorm'],
      ]);
      const { columns } = await runner.submit(tinySteps(0, 1, { learningRate: 0, microBatches: [48] }), calm);
      const [loss, left, right, accuracy, first, second] = columns.scalars;
      expect(left).toBe(right);
      expect(loss).toBeCloseTo(1.5 * left!, 6);
      expect(first).toBe(accuracy);
      expect(second).toBeGreaterThan(first!);
      const { heads } = await runner.evaluate(everySample(), { part: 'train', full: false }, calm);
      expect(heads.map(({ lossSum }) => lossSum / 48)).toEqual([expect.closeTo(left!, 6), expect.closeTo(right!, 6)]);
    });
  });

  it('counts shared weights once, in the group of the node that owns them', () => {
    const program = forked();
    expect(weightPlaces(program).map(({ key }) => key)).toEqual([
      ...['first/kernel', 'first/bias', 'scores/kernel', 'scores/bias'],
    ]);
    expect(weightGroups(program).map(({ path, elements }) => [path, elements])).toEqual([
      ['first', 16 * 16 + 16],
      ['scores', 16 * 3 + 3],
    ]);
  });
});

describe('a design with a repeated block', () => {
  it('finds the outputs of layers, of passes and of the block as a whole', async () => {
    const program = repeated();
    expect(valueKeys(program, 'stage/1/mix')).toEqual({ output: 'stage/1/mix:output' });
    expect(valueKeys(program, 'stage')).toEqual({ y: 'stage/2/bend:output' });
    for (const wrong of ['nowhere', 'stage/3/mix', 'stage/mix', 'flat/0/mix', 'stage/0/nowhere'])
      expect(valueKeys(program, wrong), wrong).toBeNull();
    await withRunner(program, async (runner) => {
      expect(runner.groups.map(({ path }) => path)).toEqual(['stage/0/mix', 'stage/1/mix', 'stage/2/mix', 'scores']);
      const paths = ['stage', 'stage/2/bend', 'stage/0/bend'];
      const shown = await runner.peek(paths, Uint32Array.of(4), { part: 'train', mode: 'evaluate' });
      const [whole, last, first] = shown.map(({ values }) => [...values]);
      expect(whole).toEqual(last);
      expect(whole).not.toEqual(first);
      expect(shown[0]).toMatchObject({ path: 'stage', port: 'y', shape: [1, 16] });
    });
  });
});
