/** What is said between a window and the main process about taking a design away as code. */
import { z } from 'zod';
import { json, runId, text } from './values';

export const target = z.enum(['pytorch', 'keras', 'tfjs', 'onnx']);
/** Of ONNX; other targets have none. */
export const opset = z.int().min(17).max(21);

export const exportRequestSchema = z.strictObject({
  key: text,
  /** The drawing as it is. */
  design: json,
  target,
  opset,
  /** The run whose best weights go along; null: first values. */
  run: runId.nullable(),
  /** `ask`: the user names a folder; `again`: the folder of this window's last export; `replace`: that too, whatever lies in it. */
  where: z.enum(['ask', 'again', 'replace']),
});

/** What was written. */
export const exportedSchema = z.strictObject({
  folder: z.string(),
  files: z.array(z.string()),
  bytes: z.number(),
  /** Bytes of data that were left out as too many. */
  leftOut: z.number().nullable(),
});

export const exportOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('cancelled') }),
  /** Something in the folder is not ours, or was changed: nothing was touched. */
  z.strictObject({ outcome: z.literal('taken'), folder: z.string(), message: z.string() }),
  exportedSchema.extend({ outcome: z.literal('exported') }),
]);

/** `ratio`: the worst difference as a part of what is allowed; null where there was nothing to compare, or no number. */
export const verificationSchema = z.strictObject({
  folder: z.string(),
  ok: z.boolean(),
  error: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  checks: z.array(
    z.strictObject({
      kind: z.string(),
      ok: z.boolean(),
      compared: z.number(),
      ratio: z.number().nullable(),
      /** Path of the node, and the target's name of the tensor, where it is worst. */
      node: z.string().nullable(),
      tensor: z.string().nullable(),
      what: z.string().nullable(),
    }),
  ),
});
export type Verification = z.output<typeof verificationSchema>;
