/** Small files of Netloom's own in the home folder: checked when read, set aside when damaged, never half written. */
import type { z } from 'zod';
import { atomicWrite } from '../../files/atomicWrite';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';

export interface HomeFile<Value> {
  /** What a missing or damaged file stands for is the schema's default; `problem` says what was wrong, in a sentence. */
  read: () => { value: Value; problem: string | null };
  /** Throws `FileProblem`. */
  write: (value: Value) => void;
}

const largest = 16 * 2 ** 20;

/** `schema` must accept `{}`. `title` is what sentences call it: "The settings". */
export function homeFile<Value>(
  files: FileSystem,
  { folder, file, title }: { folder: string; file: string; title: string },
  schema: z.ZodType<Value>,
): HomeFile<Value> {
  return {
    read() {
      if (files.facts(file) === undefined) return { value: schema.parse({}), problem: null };
      try {
        const text = readWhole(files, file, { most: largest, expected: 'a small file of settings' }).toString('utf8');
        return { value: schema.parse(JSON.parse(text)), problem: null };
      } catch {
        return { value: schema.parse({}), problem: setAside(files, file, title) };
      }
    },
    write(value) {
      withFileProblems(file, 'write', () => files.makeFolder(folder));
      atomicWrite(files, file, [Buffer.from(`${JSON.stringify(value, null, 2)}\n`)]);
    },
  };
}

/** Renames what cannot be read, so that nothing is lost; answers with the sentence that says so. */
export function setAside(files: FileSystem, file: string, title: string): string {
  const aside = `${file}.damaged`;
  try {
    files.rename(file, aside);
    return `${title} in ${file} cannot be read: the file is damaged. It was set aside as ${aside}.`;
  } catch {
    return `${title} in ${file} cannot be read: the file is damaged, or may not be read. It was left as it is.`;
  }
}
