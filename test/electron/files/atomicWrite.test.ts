/** Replacing a file: whatever fails on the way, the old or the new one is there whole, and nothing else stays behind. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atomicWrite, beginAtomicFile, isLeftover, removeLeftovers } from '../../../electron/files/atomicWrite';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { everyFailure } from './everyFailure';
import { faultyFileSystem } from './faultyFileSystem';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'netloom-atomic-'));

describe('replacing a file', () => {
  it('writes a new file and replaces an old one, in several parts', () => {
    const folder = emptyFolder();
    const file = join(folder, 'run.json');
    atomicWrite(diskFiles, file, [text('old')]);
    atomicWrite(diskFiles, file, [text('new '), text('content')]);
    expect(readFileSync(file, 'utf8')).toBe('new content');
    expect(readdirSync(folder)).toEqual(['run.json']);
  });

  it('lays small parts together and leaves large ones as they are, in their order', () => {
    const file = join(emptyFolder(), 'weights');
    const mebibyte = 1 << 20;
    const lengths = [3, 0, 5, mebibyte - 8, 1, 2 * mebibyte, mebibyte, 7, 9];
    const parts = lengths.map((length, at) => new Uint8Array(length).fill(at + 1));
    const files = faultyFileSystem({ kind: 'error', at: 0 });
    atomicWrite(files, file, parts);
    expect(readFileSync(file).equals(Buffer.concat(parts))).toBe(true);
    expect(files.operations.filter((operation) => operation.startsWith('write'))).toHaveLength(5);
  });

  it('waits for the disk before the name changes, and for the folder after it', () => {
    const files = faultyFileSystem({ kind: 'error', at: 0 });
    atomicWrite(files, join(emptyFolder(), 'run.json'), [text('new')]);
    expect(files.operations.map((operation) => operation.split(' ')[0])).toEqual([
      'open',
      'write',
      'sync',
      'close',
      'rename',
      'syncFolder',
    ]);
  });

  it('leaves the old or the new file at every failure, and what stays behind can be told and cleaned', async () => {
    const outcome = await everyFailure({
      prepare: (folder) => writeFileSync(join(folder, 'run.json'), 'the old content'),
      write: (files, folder) => atomicWrite(files, join(folder, 'run.json'), [text('something '), text('new')]),
      check: (folder, { finished, error }) => {
        const found = readFileSync(join(folder, 'run.json'), 'utf8');
        expect(finished ? ['something new'] : ['the old content', 'something new']).toContain(found);
        if (error !== undefined) expect(error).toBeInstanceOf(FileProblem);
        expect(readdirSync(folder).filter((name) => name !== 'run.json' && !isLeftover(name))).toEqual([]);
        removeLeftovers(diskFiles, folder);
        expect(readdirSync(folder)).toEqual(['run.json']);
      },
    });
    expect(outcome.operations.length).toBe(6);
  });

  it('leaves no file or a whole one where there was none before', async () => {
    await everyFailure({
      prepare: () => undefined,
      write: (files, folder) => atomicWrite(files, join(folder, 'run.json'), [text('something new')]),
      check: (folder, { finished }) => {
        removeLeftovers(diskFiles, folder);
        const names = readdirSync(folder);
        expect(finished ? [['run.json']] : [[], ['run.json']]).toContainEqual(names);
        if (names.length > 0) expect(readFileSync(join(folder, 'run.json'), 'utf8')).toBe('something new');
      },
    });
  });

  it('says in a plain sentence that the disk is full, which file it is about, and what to do', () => {
    const file = join(emptyFolder(), 'last.safetensors');
    const files = faultyFileSystem({ kind: 'full', at: 2 });
    expect(() => atomicWrite(files, file, [text('weights')])).toThrow(
      expect.objectContaining({
        code: 'disk-full',
        file,
        message:
          `The disk is full: ${file} could not be written. Nothing that was complete before is lost. ` +
          'Free space on that disk, or choose a folder on another one, and try again.',
      }),
    );
  });

  it('removes nothing that a living writer is still at', () => {
    const folder = emptyFolder();
    const file = beginAtomicFile(diskFiles, join(folder, 'cache.bin'));
    file.write(text('half'));
    writeFileSync(join(folder, `.cache.bin.${process.ppid}-0-1.netloom-tmp`), 'of a process that lives');
    writeFileSync(join(folder, '.cache.bin.999999999-0-1.netloom-tmp'), 'of a process that is gone');
    expect(removeLeftovers(diskFiles, folder)).toEqual(['.cache.bin.999999999-0-1.netloom-tmp']);
    file.commit();
    expect(readFileSync(join(folder, 'cache.bin'), 'utf8')).toBe('half');
  });
});
