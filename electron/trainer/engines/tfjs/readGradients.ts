/** The gradients of a step as numbers, for whoever compares engines: nothing is changed by it. */
import type { StepGradients } from '../engine';
import type { Batch } from './batches';
import { weightedLoss } from './lossSums';
import { totalGradients } from './step';
import { computeGradients, disposeGradients, type StepContext } from './stepGradients';
import { valuesOf } from './tensorValues';
import { within } from './within';

export function readGradients(context: StepContext, index: number, batches: readonly Batch[]): StepGradients {
  const { core, parameters, heads } = context;
  const found = computeGradients(context, index, batches);
  try {
    return within(core, () => {
      const gradients = new Map<string, Float32Array>();
      totalGradients(context, found).forEach((gradient, at) => {
        const key = parameters.trainable[at]?.key;
        if (gradient && key !== undefined) gradients.set(key, Float32Array.from(valuesOf(core, gradient)));
      });
      return { loss: weightedLoss(heads, found.sums, found.samples), gradients };
    });
  } finally {
    disposeGradients(found);
  }
}
