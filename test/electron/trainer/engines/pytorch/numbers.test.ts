/** From what the engine's process answers to what a run keeps: rows to columns, means to sums. */
import { describe, expect, it } from 'vitest';
import { emptySums, evaluationSums } from '../../../../../electron/trainer/engines/pytorch/evaluationSums';
import { stepFields, stepsPayload } from '../../../../../electron/trainer/engines/pytorch/stepsPayload';
import { rowLength, submissionColumns } from '../../../../../electron/trainer/engines/pytorch/submissionColumns';
import { standardControls } from '../../../../../electron/trainer/engines/engine';
import { stepScalarNames } from '../../../../../electron/trainer/engines/measureNames';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import { openGolden } from '../../../../golden/goldenDesigns';
import { classifier, tinySteps } from '../../../../contract/runner/tinyDesigns';

async function severalHeads(): Promise<CheckedProgram> {
  const { program, data } = await openGolden('several-inputs-and-outputs');
  data?.close();
  return program;
}

const shapeOf = ({ heads }: CheckedProgram, telemetry = true) => ({
  heads,
  scalarNames: stepScalarNames(heads),
  groupNames: ['a', 'b'],
  rateAt: 0,
  telemetry,
});

describe('rows', () => {
  it('of one head lose the loss that is told twice, and get the learning rate', () => {
    const shape = shapeOf(classifier());
    expect(rowLength(shape)).toBe(8);
    const rows = Float64Array.of(2.5, 2.5, 0.25, 9, 3, 4, NaN, NaN, 1.5, 1.5, 0.75, 8, 1, 2, 0.125, 0.5);
    const columns = submissionColumns(shape, tinySteps(7, 2, { learningRate: 0.5 }), rows);
    expect(columns).toMatchObject({ firstStep: 7, steps: 2, groupNames: ['a', 'b'] });
    expect(columns.scalarNames).toEqual(['loss', 'accuracy', 'learningRate', 'gradientNorm']);
    expect([...columns.scalars]).toEqual([2.5, 0.25, 0.5, 9, 1.5, 0.75, 0.5, 8]);
    expect([...columns.gradientNorms]).toEqual([3, 4, 1, 2]);
    expect([...columns.updateRatios]).toEqual([NaN, NaN, 0.125, 0.5]);
  });

  it('of several heads keep the loss of each', async () => {
    const shape = shapeOf(await severalHeads());
    const width = rowLength(shape);
    const rows = Float64Array.from({ length: width }, (_, at) => at);
    const columns = submissionColumns(shape, tinySteps(0, 1), rows);
    const metrics = width - 1 - shape.heads.length - 1 - 4;
    expect(columns.scalarNames).toHaveLength(1 + shape.heads.length + metrics + 2);
    expect([...columns.scalars].slice(0, 1 + shape.heads.length)).toEqual([0, 1, 2, 3]);
    expect(columns.scalars[columns.scalars.length - 1]).toBe(1 + shape.heads.length + metrics);
  });

  it('without telemetry have no norms of groups; none at all are no columns', () => {
    const shape = shapeOf(classifier(), false);
    const columns = submissionColumns(shape, tinySteps(3, 1), Float64Array.of(1, 1, 0, NaN, 5, 5, 5, 5));
    expect([...columns.gradientNorms, ...columns.updateRatios]).toEqual([NaN, NaN, NaN, NaN]);
    expect(submissionColumns(shape, tinySteps(3, 1), new Float64Array(0))).toMatchObject({ firstStep: 3, steps: 0 });
  });
});

describe('sums of an evaluation', () => {
  const program = classifier();
  const heads = program.heads.map((head) => ({
    head,
    type: program.main.nodes.find(({ id }) => id === head.path)!.outputTypes.output!,
  }));

  it('are ratios of a sum and the samples, and tables of whole numbers', () => {
    const table = [3, 0, 1, 0, 4, 0, 2, 0, 2];
    const sums = Float64Array.of(7.25, 9.00000004, ...table.map((count) => count + 4e-7));
    const [found] = evaluationSums(heads, { samples: 12, sizes: [1, 9], sums, full: true });
    expect(found?.lossSum).toBe(7.25);
    expect([...(found?.metrics[0] ?? [])]).toEqual([9.00000004, 12]);
    expect([...(found?.metrics[1] ?? [])]).toEqual(table);
    const { definition, params } = heads[0]!.head.metrics[0]!;
    expect(definition.finish(params, found!.metrics[0]!).main).toBeCloseTo(0.75, 6);
  });

  it('have no table where none was asked for', () => {
    const [found] = evaluationSums(heads, { samples: 4, sizes: [1], sums: Float64Array.of(1, 3), full: false });
    expect(found?.metrics.map(({ length }) => length)).toEqual([2, 0]);
    expect(emptySums(heads)).toEqual([{ lossSum: 0, metrics: [new Float64Array(0), new Float64Array(0)] }]);
  });
});

describe('steps', () => {
  it('are sizes in the header, and positions and controls as raw numbers, whatever the order of the controls', () => {
    const steps = tinySteps(5, 2, { microBatches: [3, 5], learningRate: 0.5, clipNorm: 2 });
    expect(steps.map(stepFields)).toEqual([
      { index: 5, sizes: [3, 5] },
      { index: 6, sizes: [3, 5] },
    ]);
    const [positions, controls] = stepsPayload(steps, standardControls) as [Uint8Array, Uint8Array];
    const expected = steps.flatMap(({ microBatches }) => microBatches.flatMap((batch) => [...batch]));
    expect([...new Uint32Array(positions.buffer)]).toEqual(expected);
    expect([...new Float32Array(controls.buffer)]).toEqual([0.5, 2, 6, 0.5, 2, 7]);
    const turned = steps.map((step) => ({ ...step, controls: Float32Array.from(step.controls).reverse() }));
    const [, same] = stepsPayload(turned, [...standardControls].reverse());
    expect(same).toEqual(controls);
  });
});
