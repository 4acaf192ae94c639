/** What stands in a prepared data set's folder: `dataset.json` and one `<field>.<part>.bin` for each field and part. */
import { z } from 'zod';
import type { Part } from '../../../shared/ir/dataSetDefinition';
import type { Json } from '../../../shared/messages/define';

/** Rises when prepared folders of before are no longer to be used; they are then prepared anew under another hash. */
export const preparedVersion = 1;

/** What a field may be called: it is part of a file's name. */
export const fieldNamePattern = /^[A-Za-z][A-Za-z0-9_]*$/;

const json: z.ZodType<Json> = z.json();
const count = z.int().min(0);
const byPart = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ train: schema, validation: schema, test: schema });

/** How a source's values became the field's: what a single sample has to go through as well. */
const scalingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('divide'), by: z.number().positive(), largest: z.number() }),
  z.strictObject({ kind: z.literal('standardise'), mean: z.array(z.number()), deviation: z.array(z.number()) }),
]);
export type Scaling = z.output<typeof scalingSchema>;

const filledPartSchema = z.strictObject({
  bytes: count,
  crc32c: count,
  /** Smallest and largest value as read; null for an empty part. */
  range: z.tuple([z.number(), z.number()]).nullable(),
  /** Samples of each class, where the field holds classes. */
  classCounts: z.array(count).nullable(),
});

const fieldSchema = z.strictObject({
  name: z.string().regex(fieldNamePattern),
  /** Of one sample. */
  shape: z.array(count),
  dtype: z.enum(['float32', 'int32']),
  classes: z.array(z.string()).nullable(),
  range: z.tuple([z.number(), z.number()]).nullable(),
  /**
   * `array`: every sample has the same size, values are raw and little-endian. `unknown`: described, but not there, as
   * the target of a single sample that a user wants to be told.
   */
  kind: z.enum(['array', 'unknown']),
  /** Bytes are read as bytes / `scaling.by`, correctly rounded; other types are stored as they are read. */
  stored: z.enum(['uint8', 'float32', 'int32']),
  role: z.enum(['input', 'target']),
  scaling: scalingSchema,
  /** Order of the axes in the source ("NCHW"), where it differs from the field's. */
  layout: z.enum(['NCHW', 'NHW']).nullable(),
  /** The columns of a table that became this field. */
  columns: z.array(z.string()).nullable(),
  parts: byPart(filledPartSchema),
});

export const preparedSchema = z.strictObject({
  netloomData: z.literal(preparedVersion),
  source: z.string(),
  title: z.string(),
  attribution: z.string(),
  licence: z.string(),
  /** Names the content: the source, its parameters and what its files hold. */
  hash: z.string(),
  config: json,
  /** The user's file, or where the data was downloaded from. */
  origin: z.string().nullable(),
  counts: byPart(count),
  fields: z.array(fieldSchema).min(1),
});

export type PreparedField = z.output<typeof fieldSchema>;
export type Prepared = z.output<typeof preparedSchema>;

/** A field before it is written. */
export type FieldPlan = Omit<PreparedField, 'kind' | 'parts'> & Partial<Pick<PreparedField, 'kind'>>;
/** What the writer does not count by itself. */
export type Description = Omit<Prepared, 'counts' | 'fields'>;
export type StoredValues = Uint8Array | Float32Array | Int32Array;

export const descriptionFile = 'dataset.json';

export function partFile(field: string, part: Part): string {
  return `${field}.${part}.bin`;
}

export const bytesPerValue = { uint8: 1, float32: 4, int32: 4 } as const;

/** Values of one sample. */
export function sampleSize(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
