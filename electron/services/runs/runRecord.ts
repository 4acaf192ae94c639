/** `run.json`: what a run is bound to from its first second on: design, configuration, data, engine, machine. */
import { z } from 'zod';
import type { Json } from '../../../shared/messages/define';
import { dataConfigSchema, trainingConfigSchema } from '../../../shared/training/config';
import { atomicWrite } from '../../files/atomicWrite';
import type { FileSystem } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';
import { ServiceProblem } from '../serviceProblem';
import { recordFile } from './runFolder';

const json: z.ZodType<Json> = z.json();

const runRecordSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1),
  /** ISO 8601, UTC. */
  created: z.string(),
  /** The design's name. */
  name: z.string(),
  /** The design as it was trained, settings applied. */
  design: json,
  designFile: z.string().nullable(),
  training: trainingConfigSchema,
  data: dataConfigSchema,
  dataHash: z.string(),
  seed: z.number(),
  engine: z.strictObject({
    id: z.string(),
    device: z.string().nullable(),
    versions: z.record(z.string(), z.string()),
  }),
  environment: z.strictObject({
    netloom: z.string(),
    node: z.string(),
    platform: z.string(),
    processor: z.string(),
    cores: z.int(),
    /** Bytes. */
    memory: z.number(),
  }),
  /** Every how many steps the update-to-weight ratio is measured; null until the first steps have found it out. */
  ratioEvery: z.int().min(0).nullable(),
  parameters: z.strictObject({ trainable: z.int(), nonTrainable: z.int() }),
});
export type RunRecord = z.output<typeof runRecordSchema>;

/** On what a run computes, as a probe found it. */
export function engineOf(id: string, { device, versions }: Omit<RunRecord['engine'], 'id'>): RunRecord['engine'] {
  return { id, device, versions };
}

export function writeRunRecord(files: FileSystem, folder: string, record: RunRecord): void {
  atomicWrite(files, recordFile(folder), [Buffer.from(`${JSON.stringify(record, null, 2)}\n`)]);
}

const largestRecord = 256 * 2 ** 20;

/** Throws `ServiceProblem` run-damaged, saying what is wrong with the file, or `FileProblem` where it cannot be read. */
export function readRunRecord(files: FileSystem, folder: string): RunRecord {
  const file = recordFile(folder);
  if (files.facts(file) === undefined) {
    throw new ServiceProblem('run-damaged', `${file} is missing: the run broke off before it began, or was moved.`);
  }
  const text = readWhole(files, file, { most: largestRecord, expected: "a run's record" }).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServiceProblem(
      'run-damaged',
      `${file} is damaged: it is not JSON. The log and checkpoints are beside it.`,
    );
  }
  const parsed = runRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') || 'its top';
  throw new ServiceProblem('run-damaged', `${file} is damaged, or of a later version: at ${place}, ${issue?.message}.`);
}
