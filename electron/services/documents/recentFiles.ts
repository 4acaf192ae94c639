/** The designs that were opened or saved last, newest first. */
import { join } from 'node:path';
import { z } from 'zod';
import { recentFileSchema, type RecentFile } from '../../../shared/ipc/studio/documentSchemas';
import type { FileSystem } from '../../files/fileSystem';
import { failureOf } from '../problemFailure';
import { homeFile } from './homeFile';

export interface RecentFiles {
  /** Those that still exist. */
  list: () => RecentFile[];
  has: (file: string) => boolean;
  add: (name: string, file: string) => void;
  forget: (file: string) => void;
  /** What was wrong with the file when it was first read. */
  problem: string | null;
}

const most = 10;
const schema = z.object({ files: z.array(recentFileSchema).default([]) });

/** A list that cannot be written is said as a sentence, and holds until the program ends. */
export function openRecentFiles(
  files: FileSystem,
  home: string,
  onChange: () => void,
  onProblem: (sentence: string) => void,
): RecentFiles {
  const kept = homeFile(
    files,
    { folder: home, file: join(home, 'recent.json'), title: 'The list of recent files' },
    schema,
  );
  const { value, problem } = kept.read();
  let recent = value.files;
  const keep = (next: RecentFile[]): void => {
    recent = next.slice(0, most);
    onChange();
    try {
      kept.write({ files: recent });
    } catch (error) {
      onProblem(failureOf(error).message);
    }
  };
  const others = (file: string): RecentFile[] => recent.filter((one) => one.file !== file);
  return {
    list: () => recent.filter(({ file }) => files.facts(file)?.isFolder === false),
    has: (file) => recent.some((one) => one.file === file),
    add: (name, file) => keep([{ name, file, opened: new Date().toISOString() }, ...others(file)]),
    forget: (file) => keep(others(file)),
    problem,
  };
}
