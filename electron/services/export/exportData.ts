/** The samples of a design as NumPy arrays beside the exported script: one file a part and field. */
import { join } from 'node:path';
import { parts, type Part } from '../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { writeNpy } from '../../files/writeNpy';
import type { OpenedData } from '../data/openData';
import { sampleSize } from '../data/preparedFormat';
import { ServiceProblem } from '../serviceProblem';

export interface DataArray {
  /** Below the folder: `data/train_image.npy`. */
  path: string;
  part: Part;
  field: string;
  dtype: 'float32' | 'int32';
  /** With the samples first. */
  shape: readonly number[];
}

/** All arrays together: above it the README says how to put them there. */
export const largestData = 512 * 2 ** 20;

/** What a script reads: the fields of inputs and targets. Parts without samples have no file. */
export function dataArrays(program: CheckedProgram, data: OpenedData, trains: boolean): DataArray[] {
  const used = new Set([
    ...program.feeds.map(({ field }) => field),
    ...program.heads.flatMap(({ target }) => (target ? [target.name] : [])),
  ]);
  const fields = data.info.fields.filter(({ name }) => used.has(name));
  for (const { name } of fields) refuseOddName(name);
  const wanted = parts.filter((part) => data.count(part) > 0 && (trains || part === 'test'));
  return wanted.flatMap((part) =>
    fields.map(({ name, dtype, shape }) => ({
      path: `data/${part}_${name}.npy`,
      part,
      field: name,
      dtype,
      shape: [data.count(part), ...shape],
    })),
  );
}

/** A field becomes part of a file's name, on every system: nothing in it may lead elsewhere. */
function refuseOddName(name: string): void {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,99}$/u.test(name) && !name.endsWith('.')) return;
  const message = `The data have a field named ${JSON.stringify(name)}, which cannot be part of a file's name. Rename it to letters, digits, "_" and "-" in the data and in the design.`;
  throw new ServiceProblem('export-impossible', message);
}

export function dataBytes(arrays: readonly DataArray[]): number {
  return arrays.reduce((sum, { shape }) => sum + 4 * sampleSize(shape), 0);
}

export async function writeData(
  files: FileSystem,
  folder: string,
  data: OpenedData,
  arrays: readonly DataArray[],
): Promise<void> {
  if (arrays.length > 0) withFileProblems(folder, 'write', () => files.makeFolder(join(folder, 'data')));
  for (const array of arrays) await writeNpy(files, join(folder, array.path), array, piecesOf(data, array));
}

/** About 4 MB at a time. */
async function* piecesOf(
  data: OpenedData,
  { field, part, shape }: DataArray,
): AsyncGenerator<Float32Array | Int32Array> {
  const samples = shape[0] ?? 0;
  const rows = Math.max(1, Math.floor(2 ** 20 / sampleSize(shape.slice(1))));
  for (let at = 0; at < samples; at += rows) {
    const indices = Uint32Array.from({ length: Math.min(rows, samples - at) }, (_, row) => at + row);
    yield await data.read(field, part, indices);
  }
}
