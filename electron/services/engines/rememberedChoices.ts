/** What `auto` has measured, kept for a week: a cache that may be deleted at any time. */
import { join } from 'node:path';
import { z } from 'zod';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { cacheFolder } from '../../files/home';
import { homeFile, type HomeFile } from '../documents/homeFile';

const trialSchema = z.strictObject({
  engine: z.string(),
  /** A step; null where it was not measured. */
  milliseconds: z.number().nullable(),
  device: z.string().nullable(),
  /** Why it was not measured, as a sentence; null where that was not needed. */
  problem: z.string().nullable(),
});
export type EngineTrial = z.output<typeof trialSchema>;

const fileSchema = z.object({
  choices: z
    .array(
      z.strictObject({
        design: z.string(),
        engines: z.string(),
        made: z.string(),
        engine: z.string(),
        trials: z.array(trialSchema),
      }),
    )
    .default([]),
});

export interface RememberedChoice {
  engine: string;
  trials: readonly EngineTrial[];
}

export interface ChoiceName {
  /** `designKey` and `enginesKey`. */
  design: string;
  engines: string;
}

const mostChoices = 300;
const keptMilliseconds = 7 * 24 * 3600 * 1000;

/** Null where none was made for this, or long ago. */
export function recallChoice(home: string, name: ChoiceName, now: number = Date.now()): RememberedChoice | null {
  const found = fileOf(home)
    .read()
    .value.choices.find(({ design, engines }) => design === name.design && engines === name.engines);
  return found && now - Date.parse(found.made) < keptMilliseconds ? found : null;
}

/** A cache that cannot be written costs another measurement, nothing else. */
export function rememberChoice(
  home: string,
  name: ChoiceName,
  { engine, trials }: RememberedChoice,
  now: number = Date.now(),
): void {
  const file = fileOf(home);
  const others = file.read().value.choices.filter(({ design }) => design !== name.design);
  const made = new Date(now).toISOString();
  const choices = [{ ...name, made, engine, trials: [...trials] }, ...others].slice(0, mostChoices);
  try {
    file.write({ choices });
  } catch {
    // See above.
  }
}

/** The next run measures anew. Throws `FileProblem`. */
export function forgetChoices(home: string): void {
  const file = choicesFile(home);
  withFileProblems(file, 'remove', () => diskFiles.remove(file));
}

function choicesFile(home: string): string {
  return join(cacheFolder(home), 'engineChoices.json');
}

function fileOf(home: string): HomeFile<z.output<typeof fileSchema>> {
  const place = { folder: cacheFolder(home), file: choicesFile(home), title: 'What auto measured' };
  return homeFile(diskFiles, place, fileSchema);
}
