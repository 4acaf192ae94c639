/** Writes the values of one field for one part, with checksum, range and class counts taken on the way. */
import { crc32c } from '../../files/crc32c';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import type { FileSystem, OpenFile } from '../../files/fileSystem';
import { writeAll } from '../../files/writeAll';
import { bytesPerValue, sampleSize } from './preparedFormat';
import type { FieldPlan, PreparedField, StoredValues } from './preparedFormat';

export interface PartWriter {
  append(values: StoredValues): void;
  /** Waits for the disk and closes the file. */
  finish(): { facts: PreparedField['parts']['train']; samples: number };
  /** Closes without waiting; harmless after `finish`. */
  close(): void;
}

const bufferBytes = 1 << 18;

export function beginPartFile(files: FileSystem, file: string, plan: FieldPlan): PartWriter {
  let handle: OpenFile | null = withFileProblems(file, 'write', () => files.open(file, 'create'));
  const buffer = new Uint8Array(bufferBytes);
  let filled = 0;
  let bytes = 0;
  let checksum = 0;
  const statistics = beginStatistics(plan);

  function flush(): void {
    const open = handle;
    if (open === null) throw new Error(`${file} is closed`);
    const piece = buffer.subarray(0, filled);
    checksum = crc32c(piece, 0, filled, checksum);
    withFileProblems(file, 'write', () => writeAll(files, open, piece, bytes));
    bytes += filled;
    filled = 0;
  }

  function close(): void {
    const open = handle;
    handle = null;
    if (open !== null) files.close(open);
  }

  return {
    append(values) {
      statistics.take(values);
      const all = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      for (let at = 0; at < all.length;) {
        const piece = all.subarray(at, at + bufferBytes - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled === bufferBytes) flush();
      }
    },
    finish() {
      flush();
      const open = handle;
      if (open !== null) withFileProblems(file, 'write', () => files.sync(open));
      withFileProblems(file, 'write', close);
      const samples = bytes / (sampleSize(plan.shape) * bytesPerValue[plan.stored]);
      if (!Number.isInteger(samples)) throw new Error(`${file} ends inside a sample`);
      return { facts: { bytes, crc32c: checksum, ...statistics.found() }, samples };
    },
    close,
  };
}

interface Statistics {
  take(values: StoredValues): void;
  found(): { range: [number, number] | null; classCounts: number[] | null };
}

/** Also the last guard: a class index outside the classes, or a value that is no number, never reaches a prepared set. */
function beginStatistics(plan: FieldPlan): Statistics {
  const classCounts = plan.classes?.map(() => 0) ?? null;
  const scale = plan.stored === 'uint8' && plan.scaling.kind === 'divide' ? plan.scaling.by : 1;
  let smallest = Infinity;
  let largest = -Infinity;
  const refuse = (value: number): never => {
    throw new FileProblem('bad-value', plan.name, `${plan.name}: ${value} is outside the classes or not a number.`);
  };
  return {
    take(values) {
      for (const value of values) {
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
        if (!Number.isFinite(value)) refuse(value);
        if (!classCounts) continue;
        if (classCounts[value] === undefined) refuse(value);
        classCounts[value] = (classCounts[value] as number) + 1;
      }
    },
    found: () => ({
      range: smallest <= largest ? [Math.fround(smallest / scale), Math.fround(largest / scale)] : null,
      classCounts,
    }),
  };
}
