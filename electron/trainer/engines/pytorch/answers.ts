/** What the engine's process answers, as it must be; anything else is against the protocol. */
import { z } from 'zod';

const count = z.int().min(0);

export const envelopeSchema = z.union([
  z.object({ id: count, ok: z.literal(true) }),
  z.object({ id: count, ok: z.literal(false), code: z.string(), message: z.string() }),
  /** Its last words. */
  z.object({ event: z.literal('failed'), code: z.string(), message: z.string() }),
]);

export const helloSchema = z.object({
  python: z.string(),
  versions: z.record(z.string(), z.string()),
  devices: z.array(
    z.object({
      kind: z.enum(['cpu', 'cuda', 'mps']),
      index: count,
      name: z.string(),
      capability: z.string().nullish(),
      driver: z.string().nullish(),
      freeBytes: count.nullish(),
      totalBytes: count.nullish(),
    }),
  ),
  builtFor: z.array(z.string()),
  cudaBuilt: z.boolean(),
  /** Why CUDA is off; null where it is on. */
  cudaReason: z.string().nullable(),
  product: z.object({
    device: z.string(),
    seconds: z.number().nullable(),
    exact: z.boolean(),
    reason: z.string().nullish(),
  }),
});
export type Hello = z.output<typeof helloSchema>;

export const openedSchema = z.object({
  device: z.string(),
  precision: z.string(),
  channelsLast: z.boolean(),
  compile: z.boolean(),
  /** What was found out, as sentences: what `auto` measured and its payback, what differs between processes. */
  notes: z.array(z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)])),
});
export type OpenedSession = z.output<typeof openedSchema>;

export const submittedSchema = z.object({
  done: count,
  reason: z.enum(['aborted', 'not finite', 'out of memory']).nullish(),
  largestBatch: count.nullish(),
});

export const evaluatedSchema = z.object({ samples: count, aborted: z.boolean(), sizes: z.array(count) });

const counts = z.record(z.string(), count);

/** Counts of numbers that are not finite: where no output has any, by the names of gradients and of statistics. */
export const diagnosedSchema = z.object({
  path: z.string().nullable(),
  elements: count,
  loss: z.number().nullable(),
  gradients: counts.default({}),
  statistics: counts.default({}),
});

export const gradientsSchema = z.object({ loss: z.number().nullable() });

export const memorySchema = z.object({ tensors: count, bytes: count });

export const nothingSchema = z.object({});
