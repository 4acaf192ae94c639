/** `netloom.json` in an exported folder: from what it was made, and every file with its hash, by which ours are known. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { targets } from '../../../shared/ir/emit/emission';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';
import { readAll } from '../../files/writeAll';

export const manifestFile = 'netloom.json';
export const verifiedFile = 'VERIFIED.json';

/** Below the folder, with slashes, never out of it. */
const path = z
  .string()
  .max(1000)
  .refine((text) =>
    text.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:]/.test(part)),
  );
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  netloomExport: z.literal(1),
  design: z.string(),
  /** Of the design file. */
  designHash: hash,
  target: z.enum(targets),
  weights: z.string(),
  versions: z.record(z.string(), z.string()),
  files: z.record(path, hash),
});
export type ExportManifest = z.output<typeof manifestSchema>;

const largest = 16 * 2 ** 20;

/** Null where the folder has none, or one that is not ours. */
export function readManifest(files: FileSystem, folder: string): ExportManifest | null {
  const file = join(folder, manifestFile);
  if (withFileProblems(file, 'read', () => files.facts(file))?.isFolder !== false) return null;
  try {
    const text = readWhole(files, file, { most: largest, expected: 'a list of exported files' }).toString('utf8');
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof FileProblem && error.code !== 'too-large') throw error;
    return null;
  }
}

export function manifestText(manifest: ExportManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const pieceBytes = 1 << 20;

/** SHA-256 of a file, in pieces: about 1 s for 1 GB. */
export function fileHash(files: FileSystem, file: string): string {
  return withFileProblems(file, 'read', () => {
    const sum = createHash('sha256');
    const handle = files.open(file, 'read');
    try {
      const piece = new Uint8Array(pieceBytes);
      for (let at = 0; ; at += pieceBytes) {
        const count = readAll(files, handle, piece, at);
        sum.update(piece.subarray(0, count));
        if (count < pieceBytes) return sum.digest('hex');
      }
    } finally {
      files.close(handle);
    }
  });
}

export function textHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
