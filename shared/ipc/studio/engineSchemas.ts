/** What a window is told of engines: which work, what they would need, how an installation goes, and what `auto` chose. */
import { z } from 'zod';
import { probeSchema } from '../trainer';
import { count, measured, text } from './values';

/** The name of an engine, or of an environment that serves something else. */
export const engineName = z.string().min(1).max(60);

/** `total` null: not known. */
const installProgressSchema = z.strictObject({ step: text, done: measured, total: measured.nullable() });
export type InstallationProgress = z.output<typeof installProgressSchema>;

const environmentStatusSchema = z.strictObject({
  /** What it is for and whom it holds: ends of "Python environment ...". */
  purpose: text,
  holds: text,
  folder: z.string(),
  /** Its Python's version, its packages by name, bytes on the disk; null and empty where it is not whole. */
  python: z.string().nullable(),
  packages: z.record(z.string(), z.string()),
  bytes: count.nullable(),
  /** What people type to get it, and to get it anew. */
  install: z.string(),
  repair: z.string(),
});

/**
 * `missing`: was never installed. `unfinished`: an installation was broken off. `outdated`: of another version of Netloom.
 * `broken`: it is there and does not work. `installing`: here, or by another process.
 */
export const engineStatusSchema = z.strictObject({
  name: engineName,
  /** It can train; else it is an environment that serves something else. */
  trains: z.boolean(),
  state: z.enum(['ready', 'missing', 'unfinished', 'outdated', 'broken', 'installing']),
  /** Null where it is no engine. */
  probe: probeSchema.nullable(),
  /** Null where nothing has to be installed for it. */
  environment: environmentStatusSchema.nullable(),
  /** Sentences: why it cannot be used, and what would help. */
  reason: text.nullable(),
  remedy: text.nullable(),
  /** How the installation goes that this program does; null: it does none. */
  installation: installProgressSchema.nullable(),
});
export type EngineStatus = z.output<typeof engineStatusSchema>;
export type EngineState = EngineStatus['state'];

const sizeSchema = z.strictObject({ download: count, disk: count, needed: count });

/** What an installation would do, said before it begins. Bytes. */
export const installPlanSchema = z.strictObject({
  folder: z.string(),
  /** "Python 3.12.3 (/usr/bin/python3)". */
  python: text,
  packages: z.array(text),
  size: sizeSchema,
  /** Where the smaller build cannot be had. */
  otherwise: sizeSchema.nullable(),
  /** Null where it could not be found out. */
  free: count.nullable(),
  /** What people type to have it done, and to have what is there removed first. */
  install: z.string(),
  repair: z.string(),
});
export type InstallPlan = z.output<typeof installPlanSchema>;

/** Of an installation that this program does: that it goes on, or how it ended. `message`: a sentence, where there is one. */
export const installationEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), name: engineName, progress: installProgressSchema }),
  z.strictObject({
    kind: z.literal('ended'),
    name: engineName,
    outcome: z.enum(['installed', 'cancelled', 'failed']),
    /** As of a request that failed. */
    code: z.string().nullable(),
    message: text.nullable(),
  }),
]);
export type InstallationEvent = z.output<typeof installationEventSchema>;

export const engineChoiceSchema = z.strictObject({
  engine: engineName,
  /** It was measured another time. */
  remembered: z.boolean(),
  trials: z.array(
    z.strictObject({
      engine: engineName,
      /** A step; null where it was not measured. */
      milliseconds: measured.nullable(),
      device: z.string().nullable(),
      /** Why it was not measured; null where that was not needed. */
      problem: text.nullable(),
    }),
  ),
});
export type EngineChoice = z.output<typeof engineChoiceSchema>;
