/** Small files, read whole: as they are, unless they are too large or not to be had. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem } from '../../../electron/files/fileSystem';
import { readWhole } from '../../../electron/files/readWhole';

const folder = mkdtempSync(join(tmpdir(), 'netloom-whole-'));
const file = join(folder, 'note.txt');
const limits = { most: 12, expected: 'a note' };

describe('a small file', () => {
  it('comes whole, in memory of its own, however little the system gives at a time', () => {
    writeFileSync(file, 'größe 花');
    const slow: FileSystem = {
      ...diskFiles,
      read: (handle, target, position) => diskFiles.read(handle, target.subarray(0, 2), position),
    };
    const bytes = readWhole(slow, file, limits);
    expect(bytes.toString('utf8')).toBe('größe 花');
    expect([bytes.byteOffset, bytes.buffer.byteLength]).toEqual([0, 11]);
  });

  it('ends where it ends, also if it has become shorter meanwhile', () => {
    writeFileSync(file, 'short');
    const grown: FileSystem = { ...diskFiles, size: () => 9 };
    expect(readWhole(grown, file, limits).toString('utf8')).toBe('short');
  });

  it('is refused where it is too large or missing, and is closed in any case', () => {
    writeFileSync(file, 'x'.repeat(13));
    let open = 0;
    const files: FileSystem = {
      ...diskFiles,
      open: (...given) => ((open += 1), diskFiles.open(...given)),
      close: (handle) => ((open -= 1), diskFiles.close(handle)),
    };
    expect(() => readWhole(files, file, limits)).toThrow(`${file} has 13 bytes: a note was expected.`);
    expect(open).toBe(0);
    expect(() => readWhole(diskFiles, join(folder, 'none'), limits)).toThrow(FileProblem);
  });
});
