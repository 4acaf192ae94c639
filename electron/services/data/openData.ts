/** Opens a prepared data set for reading by position; a damaged one is told from a whole one before anything is read. */
import { join } from 'node:path';
import { parts } from '../../../shared/ir/dataSetDefinition';
import type { DataInfo, Part } from '../../../shared/ir/dataSetDefinition';
import { FileProblem, damaged } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import type { FileSystem } from '../../files/fileSystem';
import type { SampleReader, StoredField } from '../../files/sampleReader';
import { readWhole } from '../../files/readWhole';
import { openPart } from './partReader';
import type { PartReader } from './partReader';
import { descriptionFile, partFile, preparedSchema } from './preparedFormat';
import type { Prepared, PreparedField } from './preparedFormat';

export interface OpenedData extends SampleReader {
  readonly prepared: Prepared;
  readonly info: DataInfo;
  /** Names the content; a run is bound to it. */
  readonly hash: string;
  /** Whether samples have values for a field: of a sample to be judged, the target is only described. */
  holds(field: string): boolean;
  close(): void;
}

/** Checks sizes and checksums of all files (about 1 GB/s). Throws a `FileProblem`: "damaged" where they differ. */
export function openData(folder: string, files: FileSystem = diskFiles): OpenedData {
  const prepared = readDescription(folder, files);
  const opened: PartReader[] = [];
  const readers = new Map<string, PartReader>();
  const close = (): void => opened.splice(0).forEach((reader) => reader.close());
  try {
    for (const field of prepared.fields.filter(({ kind }) => kind === 'array')) {
      for (const part of parts) {
        const name = partFile(field.name, part);
        const reader = openPart(files, join(folder, name), field, part, prepared.counts[part]);
        opened.push(reader);
        readers.set(name, reader);
      }
    }
  } catch (error) {
    close();
    throw error;
  }
  const read = (field: string, part: Part, indices: Uint32Array): Float32Array | Int32Array => {
    const reader = readers.get(partFile(field, part));
    if (reader) return reader.read(indices);
    const names = prepared.fields.map(({ name }) => name).join(', ');
    throw new FileProblem(
      'bad-value',
      folder,
      `The data set ${prepared.source} has no field "${field}"; it has ${names}.`,
    );
  };
  return {
    prepared,
    info: infoOf(prepared),
    hash: prepared.hash,
    holds: (field) => readers.has(partFile(field, 'test')),
    count: (part) => prepared.counts[part],
    // An async function: what goes wrong arrives as a rejection.
    read: async (field, part, indices) => Promise.resolve(read(field, part, indices)),
    stored: (field, part) => storedField(folder, prepared, field, part),
    close,
  };
}

function storedField(folder: string, { fields }: Prepared, name: string, part: Part): StoredField | null {
  const field = fields.find((each) => each.name === name && each.kind === 'array');
  if (!field) return null;
  const { stored, dtype, shape, scaling } = field;
  const divided = stored === 'uint8' && dtype === 'float32' && scaling.kind === 'divide';
  return { file: join(folder, partFile(name, part)), stored, dtype, shape, divideBy: divided ? scaling.by : 1 };
}

/** Ranges are those that the source promises, or those that were met when the values were written. */
export function infoOf(prepared: Prepared): DataInfo {
  const fields = prepared.fields.map((field) => {
    const { name, shape, dtype, classes } = field;
    const range = field.range ?? metRange(field);
    return { name, shape, dtype, ...(classes && { classes }), ...(range && { range }) };
  });
  return { fields, counts: prepared.counts };
}

/** Of indices and targets alone: of other values nobody asks. */
function metRange({ dtype, role, parts: facts }: PreparedField): readonly [number, number] | null {
  if (dtype !== 'int32' && role !== 'target') return null;
  const met = parts.flatMap((part) => facts[part].range ?? []);
  return met.length === 0 ? null : [Math.min(...met), Math.max(...met)];
}

const largestDescription = 256 * 2 ** 20;

export function readDescription(folder: string, files: FileSystem = diskFiles): Prepared {
  const file = join(folder, descriptionFile);
  const text = readWhole(files, file, { most: largestDescription, expected: 'a description of data' }).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(file, 'is damaged: it is not JSON.');
  }
  const parsed = preparedSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  throw damaged(file, `is damaged or of another version (at ${place}).`);
}
