/** The events of a run as they cross a process border; the compiler holds them equal to the types in `training/events`. */
import { z } from 'zod';
import type { FinalEvaluation, RunEvent } from '../training/events';

const count = z.int().min(0);
/** Any number, NaN and infinities too: what was measured is told as it is. */
const measured = z.custom<number>((value) => typeof value === 'number', 'a number is expected');
const measures = z.object({ loss: measured }).catchall(measured);
const state = z.enum(['preparing', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted']);

const group = z.strictObject({ path: z.string(), name: z.string(), layer: z.string(), elements: count });

const summary = z.strictObject({
  epoch: count,
  step: count,
  train: measures,
  validation: measures.nullable(),
  learningRate: measured,
  seconds: measured,
  best: z.boolean(),
});

const notFinite = z.strictObject({
  step: count,
  loss: measured.nullable(),
  node: z.string().nullable(),
  name: z.string().nullable(),
  elements: count,
});

const head = z.strictObject({
  name: z.string(),
  classes: z.array(z.string()).nullable(),
  metrics: z.record(z.string(), z.record(z.string(), z.union([measured, z.array(z.array(measured))]))),
});

const finalEvaluationSchema: z.ZodType<FinalEvaluation> = z.strictObject({
  part: z.enum(['validation', 'test']),
  samples: count,
  measures,
  heads: z.array(head),
});

const result = z.strictObject({
  state: z.enum(['finished', 'stopped', 'failed']),
  reason: z.string().nullable(),
  epochs: count,
  steps: count,
  bestEpoch: count.nullable(),
  train: measures.nullable(),
  validation: measures.nullable(),
  test: measures.nullable(),
  notFinite: notFinite.nullable(),
  seconds: measured,
});

export const runEventSchema: z.ZodType<RunEvent> = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('started'),
    run: z.string(),
    engine: z.string(),
    step: count,
    epoch: count,
    stepsPerEpoch: count,
    epochs: count,
    groups: z.array(group),
    scalarNames: z.array(z.string()),
    ratioEvery: count.nullable(),
    resumed: z.boolean(),
  }),
  z.strictObject({ event: z.literal('epoch'), summary }),
  z.strictObject({ event: z.literal('state'), state, step: count }),
  z.strictObject({ event: z.literal('checkpoint'), kind: z.enum(['last', 'best']), step: count }),
  z.strictObject({ event: z.literal('evaluation'), evaluation: finalEvaluationSchema }),
  z.strictObject({ event: z.literal('notFinite'), notFinite }),
  z.strictObject({ event: z.literal('warning'), code: z.string(), message: z.string() }),
  z.strictObject({ event: z.literal('done'), result }),
]);
