/** What a start of the program was asked to open: files, or a sample of the gallery by its name. */
import { resolve } from 'node:path';
import { z } from 'zod';

export const startArgumentsSchema = z.strictObject({
  files: z.array(z.string().min(1).max(32_768)).max(100),
  sample: z.string().max(100).nullable(),
});
export type StartArguments = z.output<typeof startArgumentsSchema>;

const sampleFlag = '--sample=';

/** `words`: the command line after the program (and after the folder of the program, where Electron was given one). */
export function startArguments(words: readonly string[], folder: string): StartArguments {
  const sample = words.find((word) => word.startsWith(sampleFlag));
  return {
    files: words
      .filter((word) => word !== '' && !word.startsWith('-'))
      .slice(0, 100)
      .map((word) => resolve(folder, word)),
    sample: sample ? sample.slice(sampleFlag.length, sampleFlag.length + 100) : null,
  };
}
