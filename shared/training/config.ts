/** The training and data configuration of a design: structure only; names and parameters are checked by passes. */
import { z } from 'zod';
import type { Json } from '../messages/define';

const json: z.ZodType<Json> = z.json();

/** A definition's name with its parameters; a bare name is short for {"type": name}. */
const entrySchema = z.union([
  z
    .string()
    .min(1)
    .transform((type) => ({ type })),
  z.object({ type: z.string().min(1) }).catchall(json),
]);

export const trainingConfigSchema = z.strictObject({
  epochs: z.int().min(1).max(1_000_000).default(10),
  batchSize: z.int().min(1).max(1_000_000).default(32),
  /** Micro-batches averaged into one update. */
  accumulate: z.int().min(1).max(4096).default(1),
  seed: z.int().min(0).default(0),
  optimizer: entrySchema.default({ type: 'adam' }),
  schedule: entrySchema.default({ type: 'constant' }),
  /** Largest L2 norm of all gradients together; null: no clipping. */
  clipNorm: z.number().positive().nullable().default(null),
  earlyStopping: z
    .strictObject({
      /** Epochs without improvement after which training stops. */
      patience: z.int().min(1).default(5),
      minimumImprovement: z.number().min(0).default(0),
    })
    .nullable()
    .default(null),
  /** The validation measure that decides "best": loss, accuracy, ... */
  monitor: z.string().min(1).default('loss'),
});

export type TrainingConfig = z.output<typeof trainingConfigSchema>;

/** Where the samples come from: the name of a data set with its parameters. */
export const dataConfigSchema = z.object({ source: z.string().min(1) }).catchall(json);
export type DataConfig = z.output<typeof dataConfigSchema>;
