/** What a window is told of a data set: what it is, what is in it, and how its preparation goes. */
import { z } from 'zod';
import { count, measured, text } from './values';

const counts = z.strictObject({ train: count, validation: count, test: count });

const fieldInfo = z.object({
  name: z.string(),
  shape: z.array(count),
  dtype: z.enum(['float32', 'int32']),
  classes: z.array(z.string()).optional(),
  range: z.tuple([measured, measured]).optional(),
});

/** What compiling needs to know of the data; null until a user's own file is prepared. */
export const dataInfoSchema = z.object({ fields: z.array(fieldInfo), counts });

export const dataDescriptionSchema = z.strictObject({
  title: z.string(),
  summary: text,
  attribution: text,
  licence: text,
  origin: z.enum(['bundled', 'generated', 'download', 'file']),
  downloadBytes: count.nullable(),
  /** Null where it is not prepared yet. */
  preparedBytes: count.nullable(),
  info: dataInfoSchema.nullable(),
  /** Samples of each class by part, in the order of the classes; null where the target has no classes. */
  classCounts: z
    .strictObject({ field: z.string(), train: z.array(count), validation: z.array(count), test: z.array(count) })
    .nullable(),
});
export type DataDescription = z.output<typeof dataDescriptionSchema>;

/** `total` null: not known. */
export const dataProgressSchema = z.strictObject({
  step: z.string(),
  done: measured,
  total: measured.nullable(),
});
export type DataProgress = z.output<typeof dataProgressSchema>;
