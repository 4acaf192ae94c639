/** Made-up runs for tests of the log: every number can be told from every other, and is known from its step. */
import type { MetricColumns, RunEvent } from '../../../shared/training/events';

export const scalarNames = ['loss', 'learningRate'];
export const groupNames = ['conv1', 'stage2/3/dense'];

export const lossAt = (step: number): number => Math.fround(1 / (step + 1));
export const normAt = (step: number, group: number): number => Math.fround(step + group / 8);

/** Columns of some steps; ratios are measured at every fifth. `shift` tells one attempt at a step from another. */
export function columnsOf(firstStep: number, steps: number, shift = 0, groups = groupNames): MetricColumns {
  const rows = Array.from({ length: steps }, (_, row) => firstStep + row);
  return {
    firstStep,
    steps,
    scalarNames,
    scalars: Float32Array.from(rows.flatMap((step) => [lossAt(step) + shift, 0.125])),
    groupNames: groups,
    gradientNorms: Float32Array.from(rows.flatMap((step) => groups.map((_, group) => normAt(step, group) + shift))),
    updateRatios: Float32Array.from(
      rows.flatMap((step) => groups.map((_, g) => (step % 5 === 0 ? 1e-3 * (g + 1) : NaN))),
    ),
  };
}

export function epochEvent(epoch: number, step: number, loss = lossAt(step)): RunEvent {
  const summary = { epoch, step, train: { loss }, validation: null, learningRate: 0.125, seconds: 1, best: true };
  return { event: 'epoch', summary };
}

export function startedEvent(step: number): RunEvent {
  return {
    event: 'started',
    run: 'digits-1',
    engine: 'fake',
    step,
    epoch: 0,
    stepsPerEpoch: 10,
    epochs: 3,
    groups: groupNames.map((path) => ({ path, name: path, layer: 'dense', elements: 100 })),
    scalarNames,
    ratioEvery: 5,
    resumed: step > 0,
  };
}
