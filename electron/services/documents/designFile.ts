/** A design file as a document: what is in it, and by what a change that somebody else makes is noticed. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Design } from '../../../shared/design/schema';
import { diskFiles, type FileSystem } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';
import { readDesignFile } from '../designs/openDesign';
import { saveDesign } from '../designs/saveDesign';

export interface DesignFile {
  /** Absolute, links followed, so that two windows know that they mean the same. */
  file: string;
  design: Design;
  fingerprint: string;
}

/** Throws `FileProblem` where it cannot be read, `ServiceProblem` design-invalid with diagnostics where it is no design. */
export function openDesignFile(named: string): DesignFile {
  const file = trueFile(named);
  const { design, bytes } = readDesignFile(file);
  return { file, design, fingerprint: fingerprint(bytes) };
}

/** Null where there is no such file, or it cannot be read. */
export function fingerprintOf(file: string, files: FileSystem = diskFiles): string | null {
  try {
    return fingerprint(readWhole(files, file, { most: 256 * 2 ** 20, expected: 'a design' }));
  } catch {
    return null;
  }
}

/** Old or new, never neither; answers with the fingerprint of what was written. Throws `FileProblem`. */
export function writeDesignFile(file: string, design: Design, files: FileSystem = diskFiles): string | null {
  saveDesign(file, design, files);
  return fingerprintOf(file, files);
}

export function trueFile(named: string): string {
  const file = resolve(named);
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** What recent files and titles call it. */
export function nameOf(design: Design, file: string | null): string {
  return design.name || (file === null ? '' : basename(file).replace(/\.netloom$/, ''));
}

/** With the extension that files of designs have. */
export function withExtension(file: string): string {
  return /\.netloom$/i.test(file) ? file : `${file}.netloom`;
}

function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
