/** What is said between a service and the process that prepares data for it. */
import { z } from 'zod';
import { dataConfigSchema } from '../../../shared/training/config';
import { fileFailureCodes } from '../../../shared/ipc/failureCodes';

const placesSchema = z.strictObject({
  home: z.string(),
  folder: z.string(),
  assets: z.string(),
  mirror: z.string().nullable(),
});

export const prepareRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prepare'), config: dataConfigSchema, places: placesSchema }),
  z.strictObject({ kind: z.literal('cancel') }),
]);
export type PrepareRequest = z.output<typeof prepareRequestSchema>;

const preparedSchema = z.strictObject({ folder: z.string(), hash: z.string(), notes: z.array(z.string()) });
const progressSchema = z.strictObject({ step: z.string(), done: z.number(), total: z.number().nullable() });

export const prepareAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), progress: progressSchema }),
  z.strictObject({ kind: z.literal('prepared'), prepared: preparedSchema }),
  z.strictObject({
    kind: z.literal('failed'),
    code: z.enum(fileFailureCodes),
    file: z.string(),
    message: z.string(),
  }),
]);
export type PrepareAnswer = z.output<typeof prepareAnswerSchema>;
