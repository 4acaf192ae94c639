/** What the exporting process is asked: writing code and proving it, so that a large design never holds up the main process. */
import { z } from 'zod';
import { defineContract } from './define';
import { exportedSchema, opset, target, verificationSchema } from './studio/exportSchemas';
import { count, json, runId, text } from './studio/values';

/** Of a window: its last export is kept to be proved. */
const session = count;
/** Of a verification. */
const trainer = count;
const nothing = z.strictObject({});

export const exporterContract = defineContract({
  name: 'exporter',
  requests: {
    write: {
      request: z.strictObject({
        session,
        home: text,
        mirror: z.string().nullable(),
        /** The design's file; paths of its data count from its folder. */
        file: text,
        design: json,
        target,
        opset,
        run: runId.nullable(),
        /** The folder. */
        to: text,
        force: z.boolean(),
      }),
      response: exportedSchema,
    },
    /** Proves what the session has written last; asks for a trainer meanwhile. */
    verify: { request: z.strictObject({ session, home: text }), response: verificationSchema },
    cancel: { request: z.strictObject({ session }), response: nothing },
    /** What a trainer said, and that it has ended. */
    fromTrainer: { request: z.strictObject({ trainer, message: json }), response: nothing },
    trainerEnded: {
      request: z.strictObject({
        trainer,
        code: z.int().nullable(),
        signal: z.string().nullable(),
        reason: z.string(),
      }),
      response: nothing,
    },
  },
  events: {
    /** Processes of the app are started by the main process alone: it hands on what is said to the trainer. */
    openTrainer: z.strictObject({ trainer }),
    toTrainer: z.strictObject({ trainer, message: json }),
    killTrainer: z.strictObject({ trainer }),
  },
});
export type ExporterContract = typeof exporterContract;
