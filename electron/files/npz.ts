/** Reads NumPy archives (.npz) and single arrays (.npy): sizes are checked before memory is taken. */
import { FileProblem, damaged, withFileProblems } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import { parseNpy } from './npy';
import type { NpyArray } from './npy';
import { readAll } from './writeAll';
import { listZip, readZipMember } from './zip';

export interface NpzOptions {
  /** Names of the arrays to read; all when left out. */
  readonly only?: readonly string[];
  /** Bytes that all arrays together may take in memory. */
  readonly largest?: number;
}

const defaultLargest = 2 ** 31;

/** Arrays by name, without `.npy`. Throws a `FileProblem` that names the file and the array. */
export function readNpz(files: FileSystem, file: string, options: NpzOptions = {}): Map<string, NpyArray> {
  const { only, largest = defaultLargest } = options;
  return withOpenFile(files, file, (handle) => {
    const members = listZip(files, handle, file).filter(({ name }) => name.endsWith('.npy'));
    if (members.length === 0) throw damaged(file, 'holds no NumPy array.');
    const arrays = new Map<string, NpyArray>();
    let left = largest;
    for (const member of members) {
      const name = member.name.slice(0, -'.npy'.length);
      if (only && !only.includes(name)) continue;
      const bytes = readZipMember(files, handle, file, member, left);
      left -= bytes.length;
      arrays.set(name, parseNpy(`${file}: ${name}`, bytes));
    }
    const missing = only?.find((name) => !arrays.has(name));
    if (missing !== undefined) {
      const there = members.map(({ name }) => name.slice(0, -'.npy'.length)).join(', ');
      throw new FileProblem('not-found', file, `${file} has no array "${missing}"; it has ${there}.`);
    }
    return arrays;
  });
}

/** Reads one array. Throws a `FileProblem` where the file is not exactly one array of numbers. */
export function readNpy(files: FileSystem, file: string, { largest = defaultLargest }: NpzOptions = {}): NpyArray {
  return withOpenFile(files, file, (handle) => {
    const size = files.size(handle);
    if (size > largest) {
      throw new FileProblem(
        'too-large',
        file,
        `${file} has ${size} bytes; ${largest} are allowed. Split it into smaller files.`,
      );
    }
    const bytes = new Uint8Array(size);
    return parseNpy(file, bytes.subarray(0, readAll(files, handle, bytes, 0)));
  });
}

function withOpenFile<Result>(files: FileSystem, file: string, use: (handle: OpenFile) => Result): Result {
  return withFileProblems(file, 'read', () => {
    const handle = files.open(file, 'read');
    try {
      return use(handle);
    } finally {
      files.close(handle);
    }
  });
}
