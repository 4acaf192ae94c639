/** Measures of the training part over an epoch: values of the steps, weighted by their samples, in the order of the steps. */
import type { Measures, MetricColumns } from '../../../shared/training/events';
import type { PolicyState } from './policyState';

type Sums = PolicyState['sums'];

/** Scalars that are not measures of how well the network does. */
const notMeasures = new Set(['learningRate', 'gradientNorm']);

/** Adds the first `steps` rows; `samples` tells how many samples row r had. One by one, so chunking changes nothing. */
export function addToSums(sums: Sums, columns: MetricColumns, samples: (row: number) => number): void {
  const { scalarNames, scalars, steps } = columns;
  for (let row = 0; row < steps; row += 1) {
    const weight = samples(row);
    sums.samples += weight;
    scalarNames.forEach((name, column) => {
      if (notMeasures.has(name)) return;
      const value = scalars[row * scalarNames.length + column] as number;
      sums.values[name] = (sums.values[name] ?? 0) + weight * value;
    });
  }
}

export function meansOf(sums: Sums): Measures {
  const means: Measures = { loss: NaN };
  for (const [name, value] of Object.entries(sums.values)) means[name] = value / sums.samples;
  return means;
}

export function emptySums(): Sums {
  return { samples: 0, values: {} };
}
