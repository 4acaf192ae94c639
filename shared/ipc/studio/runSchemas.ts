/** Runs as a window sees them: the list, one run's curves and judgement, and runs compared. */
import { z } from 'zod';
import { runEventSchema } from '../runEventSchema';
import { count, float32, float64, json, measured, measures, part, runId, runState, text } from './values';

export const runListingSchema = z.strictObject({
  id: runId,
  folder: z.string(),
  state: runState,
  name: z.string(),
  created: z.string(),
  engine: z.string().nullable(),
  device: z.string().nullable(),
  /** Whole epochs done, of how many. */
  epoch: count,
  epochs: count.nullable(),
  steps: count,
  bestEpoch: count.nullable(),
  validation: measures.nullable(),
  test: measures.nullable(),
  /** Of training, as far as epochs were finished. */
  seconds: measured,
  problem: z.string().nullable(),
});
export type RunListing = z.output<typeof runListingSchema>;

/**
 * A scalar of the log as buckets of equal numbers of steps, each with its exact minimum, maximum and mean, so that no
 * spike is lost; with as many buckets as steps they are the steps. `firstSteps` [buckets]. NaN: not measured there.
 */
export const seriesSchema = z.strictObject({
  name: z.string(),
  firstSteps: float64,
  minimum: float32,
  maximum: float32,
  mean: float32,
});
export type Series = z.output<typeof seriesSchema>;

/** What each layer measured, bucketed as `seriesSchema`; `values` is row-major [groups, buckets]. */
const layerSeriesSchema = z.strictObject({
  firstSteps: float64,
  gradientNorms: float32,
  updateRatios: float32,
});
export type LayerSeries = z.output<typeof layerSeriesSchema>;

const group = z.strictObject({ path: z.string(), name: z.string(), layer: z.string(), elements: count });
const epoch = z.strictObject({
  epoch: count,
  step: count,
  train: measures,
  validation: measures.nullable(),
  learningRate: measured,
  seconds: measured,
  best: z.boolean(),
});

const classTableSchema = z.strictObject({
  head: z.string(),
  part: z.enum(['validation', 'test']),
  classes: z.array(
    z.strictObject({
      name: z.string(),
      precision: measured,
      recall: measured,
      f1: measured,
      support: measured,
    }),
  ),
  /** confusion[actual][predicted] counts samples. */
  confusion: z.array(z.array(measured)),
});
export type ClassTable = z.output<typeof classTableSchema>;

export const runDetailsSchema = z.strictObject({
  listing: runListingSchema,
  /** The design as it was trained; null where the record is damaged. */
  design: json.nullable(),
  designFile: z.string().nullable(),
  epochs: z.array(epoch),
  /** Loss, metrics and learning rate. */
  series: z.array(seriesSchema),
  groups: z.array(group),
  layers: layerSeriesSchema,
  stepsPerEpoch: count,
  classTables: z.array(classTableSchema),
  warnings: z.array(z.strictObject({ code: z.string(), message: text })),
  /** Why it failed, and what is wrong with its folder. */
  problem: text.nullable(),
});
export type RunDetails = z.output<typeof runDetailsSchema>;

/** A setting that is not the same in all runs; `values` in their order, null where a run lacks it. */
export const differenceSchema = z.strictObject({ path: z.string(), values: z.array(json) });
export type Difference = z.output<typeof differenceSchema>;

/** One field of one sample as the network reads it; `values` has the product of `shape` numbers. */
const sampleFieldSchema = z.strictObject({
  name: z.string(),
  shape: z.array(count),
  values: float32,
  /** Names of the classes where the field holds class indices. */
  classes: z.array(z.string()).nullable(),
});
/** `index` counts within the part. */
export const sampleSchema = z.strictObject({ part, index: count, fields: z.array(sampleFieldSchema) });
export type Sample = z.output<typeof sampleSchema>;

const headPredictionSchema = z.strictObject({
  head: z.string(),
  shape: z.array(count),
  values: float32,
  classes: z.array(z.string()).nullable(),
  target: z.array(z.number()).nullable(),
});
export const predictionSchema = z.strictObject({
  run: runId,
  checkpoint: z.enum(['best', 'last']),
  heads: z.array(headPredictionSchema),
});
export type Prediction = z.output<typeof predictionSchema>;

/** `lost`: the trainer died; it is being started again unless it died too often. */
export const trainingEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), event: runEventSchema }),
  z.strictObject({ kind: z.literal('lost'), reason: text, restarts: z.boolean() }),
]);
export type TrainingEvent = z.output<typeof trainingEventSchema>;
