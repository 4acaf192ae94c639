/** A run's log in the worst hands: cut at every byte, every byte flipped, every file operation made to fail. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { removeLeftovers } from '../../../electron/files/atomicWrite';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem } from '../../../electron/files/fileSystem';
import { logHeaderBytes } from '../../../electron/files/logFormat';
import type { LogRecord } from '../../../electron/files/logRecord';
import { openLogReader } from '../../../electron/files/logReader';
import type { LogReading } from '../../../electron/files/logReader';
import { openLogWriter } from '../../../electron/files/logWriter';
import { everyFailure } from './everyFailure';
import { faultyFileSystem } from './faultyFileSystem';
import { columnsOf, epochEvent, startedEvent } from './runColumns';

const folder = mkdtempSync(join(tmpdir(), 'netloom-torture-'));
const file = join(folder, 'metrics.log');
const untimed = { syncEveryMs: 0, now: () => 0 };

function read(path: string, files: FileSystem = diskFiles): { records: LogRecord[]; reading: LogReading } {
  const records: LogRecord[] = [];
  const reading = openLogReader(files, path).read((record) => records.push(record));
  return { records, reading };
}

/** Where each record ends, found without the reader: by the lengths that the writer put there. */
function recordEnds(bytes: Buffer): number[] {
  const ends = [logHeaderBytes];
  for (let at = logHeaderBytes; at < bytes.length; ends.push(at)) at += 12 + bytes.readUInt32LE(at);
  return ends;
}

let bytes: Buffer;
let ends: number[];
let all: LogRecord[];

beforeAll(async () => {
  const log = openLogWriter(diskFiles, file, { ...untimed, layerBytesPerSecond: 150 });
  log.event(startedEvent(0));
  log.columns(columnsOf(0, 3));
  log.columns(columnsOf(3, 7));
  log.event(epochEvent(0, 10));
  await log.close();
  bytes = readFileSync(file);
  ends = recordEnds(bytes);
  all = read(file).records;
});

describe('a small log', () => {
  it('holds every kind of record', () => {
    expect(new Set(all.map((record) => record.kind))).toEqual(
      new Set(['event', 'names', 'scalars', 'layers', 'layerBucket']),
    );
    expect(ends).toHaveLength(all.length + 1);
    expect(read(file).reading).toEqual({ validBytes: bytes.length, torn: false, reason: null, cut: false });
  });

  it('cut at any byte, gives exactly the records that are whole, and is healed by the next writer', async () => {
    const cut = join(folder, 'cut.log');
    for (let length = 0; length < bytes.length; length += 1) {
      writeFileSync(cut, bytes.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length - 1;
      const { records, reading } = read(cut);
      expect(records).toEqual(all.slice(0, Math.max(0, whole)));
      expect(reading.validBytes).toBe(whole < 0 ? 0 : ends[whole]);
      expect(reading.torn).toBe(!ends.includes(length));
      expect(reading.cut).toBe(reading.torn);

      const log = openLogWriter(diskFiles, cut, untimed);
      log.event(epochEvent(7, 70));
      await log.close();
      const healed = read(cut);
      expect(healed.reading.torn).toBe(false);
      expect(healed.records.slice(0, -1)).toEqual(all.slice(0, Math.max(0, whole)));
      expect(healed.records.slice(-1)).toEqual([{ kind: 'event', event: epochEvent(7, 70) }]);
    }
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('with any byte flipped, gives exactly the records before it', () => {
    const flipped = join(folder, 'flipped.log');
    for (let at = 0; at < bytes.length; at += 1) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] as number) ^ mask;
        writeFileSync(flipped, damaged);
        const before = ends.filter((end) => end <= at).length - 1;
        const { records, reading } = read(flipped);
        expect(records).toEqual(all.slice(0, Math.max(0, before)));
        expect(reading).toMatchObject({ validBytes: before < 0 ? 0 : ends[before], torn: true, cut: false });
      }
    }
  });

  it('with any byte flipped, is resumed without losing what stands behind the damage', async () => {
    const copy = join(folder, 'resumed.log');
    for (let at = logHeaderBytes; at < bytes.length; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      writeFileSync(copy, damaged);
      const good = ends.filter((end) => end <= at).pop() as number;
      const log = openLogWriter(diskFiles, copy, untimed);
      log.event(epochEvent(7, 70));
      await log.close();
      expect(readFileSync(`${copy}.damaged-${good}`)).toEqual(damaged.subarray(good));
      expect(read(copy).reading.torn).toBe(false);
    }
  });

  it('followed by zeros, as a power loss can leave it, is read to its end', () => {
    const zeros = join(folder, 'zeros.log');
    writeFileSync(zeros, Buffer.concat([bytes, Buffer.alloc(5000)]));
    expect(read(zeros).records).toEqual(all);
    expect(read(zeros).reading).toMatchObject({ validBytes: bytes.length, torn: true });
  });
});

describe('a file that is no log of ours', () => {
  it.each([
    ['another format', Buffer.from('epoch,loss\n1,0.5\n2,0.4\n'), 'does not begin as a run log does'],
    ['a short text', Buffer.from('hello'), 'does not begin as a run log does'],
  ])('is read as empty and never written to: %s', (_, content, message) => {
    const foreign = join(folder, 'foreign.log');
    writeFileSync(foreign, content);
    expect(read(foreign)).toMatchObject({ records: [], reading: { validBytes: 0, torn: true, cut: false } });
    expect(() => openLogWriter(diskFiles, foreign, untimed)).toThrow(message);
    expect(readFileSync(foreign)).toEqual(content);
  });

  it('says so where a later version wrote it', async () => {
    const { crc32c } = await import('../../../electron/files/crc32c');
    const later = Buffer.from(bytes);
    later.writeUInt32LE(2, 8);
    later.writeUInt32LE(crc32c(later, 0, 12), 12);
    const path = join(folder, 'later.log');
    writeFileSync(path, later);
    expect(read(path).reading.reason).toContain('a later version of Netloom wrote it');
    expect(() => openLogWriter(diskFiles, path, untimed)).toThrow('later version of Netloom');
  });
});

describe('a log whose disk fails', () => {
  const first = [startedEvent(0), epochEvent(0, 10)];
  const second = [epochEvent(1, 20), epochEvent(2, 30), epochEvent(3, 40)];
  const events = (path: string): unknown[] =>
    read(path).records.map((record) => record.kind === 'event' && record.event);

  /** Appends each event with a flush of its own, and notes what was surely handed over. */
  async function append(files: FileSystem, path: string, wanted: typeof first, handed: unknown[]): Promise<void> {
    const log = openLogWriter(files, path, untimed);
    try {
      for (const event of wanted) {
        log.event(event);
        log.flush();
        handed.push(event);
      }
      await log.sync();
    } finally {
      await log.close();
    }
  }

  it('loses no flushed record at any failure, and can be written again afterwards', async () => {
    let handed: unknown[] = [];
    const outcome = await everyFailure({
      prepare: (home) => append(diskFiles, join(home, 'metrics.log'), first, []),
      write: (files, home) => append(files, join(home, 'metrics.log'), second, (handed = [])),
      check: async (home, { fault, finished, error }) => {
        const path = join(home, 'metrics.log');
        const found = events(path);
        const complete = [...first, ...second];
        // A power loss may take what was flushed since the last wait for the disk, never what was there before.
        const kept = fault.kind === 'power' ? first.length : first.length + handed.length;
        expect(found.length).toBeGreaterThanOrEqual(finished ? complete.length : kept);
        expect(found).toEqual(complete.slice(0, found.length));
        if (error !== undefined) {
          expect(error).toBeInstanceOf(FileProblem);
          expect(read(path).reading.torn).toBe(false);
        }
        await append(diskFiles, path, [epochEvent(9, 90)], []);
        expect(events(path)).toEqual([...found, epochEvent(9, 90)]);
        removeLeftovers(diskFiles, home);
        expect(readdirSync(home)).toEqual(['metrics.log']);
      },
    });
    expect(outcome.operations.length).toBeGreaterThan(10);
  });

  it('is there with a sound header, or not at all, when its creation fails', async () => {
    await everyFailure({
      prepare: () => undefined,
      write: (files, home) => append(files, join(home, 'metrics.log'), first, []),
      check: async (home, { finished }) => {
        const path = join(home, 'metrics.log');
        if (finished) expect(events(path)).toEqual(first);
        await append(diskFiles, path, second, []);
        expect(events(path).slice(-second.length)).toEqual(second);
        expect(read(path).reading.torn).toBe(false);
      },
    });
  });

  it('has its header on the disk before the first record, and its last record when it is closed', async () => {
    const files = faultyFileSystem({ kind: 'error', at: 0 });
    const log = openLogWriter(files, join(folder, 'ordered.log'), untimed);
    log.event(epochEvent(0, 10));
    await log.close();
    const order = files.operations.map((operation) => operation.split(' ')[0]);
    expect(order).toEqual(['facts', 'open', 'write', 'sync', 'syncFolder', 'write', 'sync', 'syncFolder', 'close']);
  });

  it('waits for the disk to have what was flushed while an earlier wait was under way', async () => {
    const path = join(folder, 'waits.log');
    const begun: { size: number; end: () => void }[] = [];
    const files: FileSystem = {
      ...diskFiles,
      syncInBackground: (handle) =>
        new Promise((resolve) => begun.push({ size: diskFiles.size(handle), end: resolve })),
    };
    const log = openLogWriter(files, path, untimed);
    log.event(epochEvent(0, 10));
    const first = log.sync();
    log.event(epochEvent(1, 20));
    const second = log.sync();
    const whole = readFileSync(path).length;
    expect(begun[0]?.size).toBeLessThan(whole);
    begun[0]?.end();
    await vi.waitFor(() => expect(begun).toHaveLength(2));
    expect(begun[1]?.size).toBe(whole);
    begun[1]?.end();
    await Promise.all([first, second]);
    await log.close();
  });

  it('keeps what could not be written and writes it when the disk has room again', async () => {
    const path = join(folder, 'full.log');
    let full = false;
    const files: FileSystem = {
      ...diskFiles,
      write(handle, data, position) {
        if (!full) return diskFiles.write(handle, data, position);
        if (data.length > 150) return diskFiles.write(handle, data.subarray(0, 150), position);
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    };
    const log = openLogWriter(files, path, untimed);
    log.event(epochEvent(0, 10));
    log.flush();
    full = true;
    for (const epoch of [1, 2, 3]) log.event(epochEvent(epoch, 10 + 10 * epoch));
    expect(() => log.flush()).toThrow(expect.objectContaining({ code: 'disk-full', file: path }));
    const meanwhile = read(path);
    expect(meanwhile.reading.torn).toBe(false);
    expect(meanwhile.records.length).toBeGreaterThanOrEqual(1);
    full = false;
    await log.close();
    expect(events(path)).toEqual([0, 1, 2, 3].map((epoch) => epochEvent(epoch, 10 + 10 * epoch)));
  });
});
