/** A design as it crosses between the main process, which knows files, and a window, which knows the drawing. */
import { z } from 'zod';
import { json, text } from './values';

/** `file` null: never saved. `key` names the document's journal for as long as it lives. */
export const openedDocumentSchema = z.strictObject({
  key: z.string().min(1),
  /** As it stands in the file, or in the journal after a crash; the window parses it. */
  design: json,
  file: z.string().nullable(),
  /** Where it came from: a sample or a run's design is a copy that has no file yet. */
  origin: z.enum(['file', 'sample', 'run', 'new', 'recovered']),
  /** True where it differs from its file, or has none and was drawn: the unsaved mark. */
  unsaved: z.boolean(),
  /** Set after a crash: when the journal was last written, ISO 8601. */
  recovered: z.string().nullable(),
});
export type OpenedDocument = z.output<typeof openedDocumentSchema>;

/**
 * `opened`: in this window, which had nothing unsaved. `elsewhere`: in another window, which is now in front: the one
 * that had the file already, or a new one because this one has unsaved changes; `file` null: what is there has no file.
 * `refused`: each sentence says what and where.
 */
export const openOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('opened'), document: openedDocumentSchema }),
  z.strictObject({ outcome: z.literal('elsewhere'), file: z.string().nullable() }),
  z.strictObject({ outcome: z.literal('refused'), file: z.string().nullable(), problems: z.array(text) }),
  z.strictObject({ outcome: z.literal('cancelled') }),
]);
export type OpenOutcome = z.output<typeof openOutcomeSchema>;

/**
 * `changedOnDisk`: somebody else wrote the file since it was read, or the name that the user chose is taken; nothing was
 * written. Saving again with `overwrite` writes to this very file.
 */
export const saveOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('saved'), file: z.string() }),
  z.strictObject({ outcome: z.literal('changedOnDisk'), file: z.string() }),
  z.strictObject({ outcome: z.literal('cancelled') }),
]);
export type SaveOutcome = z.output<typeof saveOutcomeSchema>;

export const recentFileSchema = z.strictObject({
  /** The design's name, or the file's. */
  name: z.string(),
  file: z.string(),
  /** ISO 8601. */
  opened: z.string(),
});
export type RecentFile = z.output<typeof recentFileSchema>;

/** A design of the gallery; `design` draws its preview. */
export const sampleDesignSchema = z.strictObject({ id: z.string(), design: json });
export type SampleDesign = z.output<typeof sampleDesignSchema>;
