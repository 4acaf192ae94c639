/** What the trainer process is asked and what it tells: the one contract between it and whoever started it. */
import { z } from 'zod';
import type { Json } from '../messages/define';
import { defineContract } from './define';
import { runEventSchema } from './runEventSchema';

const json: z.ZodType<Json> = z.json();
const count = z.int().min(0);
const text = z.string().min(1).max(100_000);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array is expected');

/** A prepared data set: its folder, and the hash of its content that the run is bound to. */
const dataReference = z.strictObject({ folder: text, hash: text });

/**
 * `submission`: steps in each submission, for tests of chunking; null: as many as fit in about 100 ms. `thin`: of epochs
 * and checkpoints of a quarter of a second the newest of each kind is told, and the newest that was best.
 */
const runOptions = z.strictObject({
  submission: z.int().min(1).nullable().default(null),
  thin: z.boolean().default(false),
});

/** What a design is checked against where no prepared data set is. */
const dataInfo = z.strictObject({
  fields: z.array(
    z.strictObject({
      name: z.string(),
      shape: z.array(count),
      dtype: z.enum(['float32', 'int32']),
      classes: z.array(z.string()).optional(),
      range: z.tuple([z.number(), z.number()]).optional(),
    }),
  ),
  counts: z.strictObject({ train: count, validation: count, test: count }),
});

const started = z.strictObject({ run: text, folder: text });

export const probeSchema = z.strictObject({
  available: z.boolean(),
  device: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  seconds: z.number().nullable(),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  accelerated: z.boolean(),
  whyNotAccelerated: z.string().nullable(),
  driver: z.string().nullable(),
  cuda: z.string().nullable(),
  computeCapability: z.string().nullable(),
  builtFor: z.array(z.string()).nullable(),
  memory: z.strictObject({ free: count, total: count }).nullable(),
});

/**
 * What a display needs of the steps since the last frame; the log has every step. `rowSteps` says which steps the rows
 * of `scalars` [rows, scalar names] are (at most 64, the newest among them); `gradientNorms` and `updateRatios` [groups]
 * are the newest measured. Names are in the run's `started` event. A gap in `sequence`: read the log.
 */
export const metricFrameSchema = z.strictObject({
  sequence: count,
  firstStep: count,
  steps: z.int().min(1),
  rowSteps: z.custom<Float64Array>((value) => value instanceof Float64Array, 'a Float64Array is expected'),
  scalars: floats,
  gradientNorms: floats,
  updateRatios: floats,
  stepsPerSecond: z.number().min(0),
});
export type MetricFrame = z.output<typeof metricFrameSchema>;

/** One head's outputs for one sample; `classes` where the target holds class indices; `target`: what the data says. */
const headPrediction = z.strictObject({
  head: z.string(),
  shape: z.array(count),
  values: floats,
  classes: z.array(z.string()).nullable(),
  target: z.array(z.number()).nullable(),
});
export type HeadPrediction = z.output<typeof headPrediction>;

export const trainerContract = defineContract({
  name: 'trainer',
  requests: {
    /** The engines that this version has, the default first. */
    engineIds: { request: z.strictObject({}), response: z.strictObject({ engines: z.array(text) }) },
    /** Tries each engine with a real matrix product; none named: all. */
    probe: {
      request: z.strictObject({ engines: z.array(text).nullable() }),
      response: z.strictObject({ engines: z.array(z.strictObject({ id: text, probe: probeSchema })) }),
    },
    /** Opens an engine on a design and its data, to be measured; the one that was opened before is closed. */
    warm: {
      request: z.strictObject({ design: json, data: dataReference, engine: text }),
      response: z.strictObject({
        device: z.string().nullable(),
        versions: z.record(z.string(), z.string()),
        accelerated: z.boolean(),
      }),
    },
    /** How long a step of it takes, measured for about so many seconds, warm-up left out. */
    measure: {
      request: z.strictObject({ seconds: z.number().min(0).max(60) }),
      response: z.strictObject({ milliseconds: z.number().min(0), steps: z.int().min(1) }),
    },
    /** Makes the run's folder and answers; training goes on and is told by events. One run at a time. */
    start: {
      request: z.strictObject({
        home: text,
        /** The design after `--set`, as it would stand in a file. */
        design: json,
        designFile: z.string().nullable(),
        engine: text,
        data: dataReference,
        options: runOptions.prefault({}),
      }),
      response: started,
    },
    /** Goes on from the last checkpoint of a run that was stopped or interrupted; `engine` null: on the engine it was on. */
    resume: {
      request: z.strictObject({
        folder: text,
        engine: text.nullable().default(null),
        data: dataReference,
        options: runOptions.prefault({}),
      }),
      response: started,
    },
    /** Answered when the steps in flight are done and `last` is written. */
    pause: { request: z.strictObject({}), response: z.strictObject({ step: count }) },
    continue: { request: z.strictObject({}), response: z.strictObject({}) },
    /** Answered at once; the run ends with its `done` event. A second one ends the process where it stands. */
    stop: { request: z.strictObject({}), response: z.strictObject({}) },
    /** Outputs for one sample, with the weights of `best` where there are any, else of `last`. */
    predict: {
      request: z.strictObject({
        folder: text,
        data: z.strictObject({ folder: text }),
        part: z.enum(['train', 'validation', 'test']),
        index: count,
      }),
      response: z.strictObject({ checkpoint: z.enum(['best', 'last']), heads: z.array(headPrediction) }),
    },
    /**
     * What every head that decides between classes decides on every sample of a part, with the same weights: written to
     * `to` as safetensors, `decided/<head>` and `truth/<head>` [samples, decisions a sample] as class indices.
     */
    judge: {
      request: z.strictObject({
        folder: text,
        data: z.strictObject({ folder: text }),
        part: z.enum(['train', 'validation', 'test']),
        to: text,
      }),
      response: z.strictObject({ checkpoint: z.enum(['best', 'last']) }),
    },
    /**
     * What exported code is compared with. `weights`: files with `weights/<path>/<name>`; with each of them the outputs
     * `outputs/start<n>/<head path>` of all samples. From the last, one ordinary step a batch: `loss/<k>` in training mode,
     * `gradients/<k>/<path>/<name>`, `after/<k>/weights/...` and `after/<k>/slots/...` as in a checkpoint, and
     * `outputs/after<k>/<head path>`. `samples`: one tensor a field, all samples along its first axis.
     */
    reference: {
      request: z.strictObject({
        design: json,
        data: dataInfo,
        engine: text,
        weights: z.array(text).min(1),
        samples: text,
        batchSize: z.int().min(1),
        batches: count,
        learningRate: z.number().min(0),
        /** 0: none. */
        clipNorm: z.number().min(0),
        to: text,
      }),
      response: z.strictObject({}),
    },
  },
  events: {
    /** Sent once, when the process can be asked. */
    ready: z.strictObject({ pid: z.int() }),
    /** Every second. `busy`: in a computation that may keep it silent for long; such a trainer is never killed for silence. */
    heartbeat: z.strictObject({ busy: z.boolean() }),
    run: runEventSchema,
    frame: metricFrameSchema,
  },
});
export type TrainerContract = typeof trainerContract;
