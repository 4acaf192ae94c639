/** Reads the values of a single sample from a file of numbers, by the file's ending. */
import { extname } from 'node:path';
import { readCsv } from '../../files/csv';
import { FileProblem, damaged } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readNpy } from '../../files/npz';
import { readWhole } from '../../files/readWhole';
import type { RawSample } from './orderSample';
import type { PreparedField } from './preparedFormat';

const largestJson = 64 << 20;
const mostAxes = 16;

/** By name of the field. npy and csv hold the only input; json may hold several, by name. */
export async function readSampleFile(
  files: FileSystem,
  file: string,
  inputs: readonly PreparedField[],
): Promise<Map<string, RawSample>> {
  const ending = extname(file).toLowerCase();
  if (ending === '.json') return readJson(files, file, inputs);
  if (ending !== '.npy' && ending !== '.csv') {
    const message = `${file}: a sample is a position in the test part, such as 0, or a file that ends in .npy, .csv or .json.`;
    throw new FileProblem('unsupported', file, message);
  }
  const [only, ...others] = inputs;
  if (!only || others.length > 0) {
    const names = inputs.map(({ name }) => name).join(', ');
    throw new FileProblem('unsupported', file, `${file}: the inputs ${names} together need a .json file.`);
  }
  if (ending === '.csv') return new Map([[only.name, await readTable(files, file, only)]]);
  const { values, shape } = readNpy(files, file);
  return new Map([[only.name, { values, shape }]]);
}

/** One row with the columns of the data set; or for images the rows of one image. */
async function readTable(files: FileSystem, file: string, field: PreparedField): Promise<RawSample> {
  const { columns, rows, hasHeader } = await readCsv(files, file);
  const numbers = columns.map((column) => {
    if (column.kind === 'number' && column.missing === 0) return column;
    if (hasHeader && field.columns && !field.columns.includes(column.name)) return null;
    throw new FileProblem('bad-value', file, `${file}, column "${column.name}": not every cell is a number.`);
  });
  if (!field.columns) {
    const values = Array.from({ length: rows }, (_, row) => numbers.map((column) => column?.values[row] ?? NaN));
    return { values: values.flat(), shape: null };
  }
  if (rows !== 1) throw new FileProblem('bad-value', file, `${file} has ${rows} rows; one sample is one row.`);
  if (!hasHeader) return { values: numbers.map((column) => column?.values[0] ?? NaN), shape: null };
  const values = field.columns.map((name) => {
    const column = numbers.find((other) => other?.name === name);
    if (column) return column.values[0] as number;
    throw new FileProblem('not-found', file, `${file} has no column "${name}".`);
  });
  return { values, shape: null };
}

function readJson(files: FileSystem, file: string, inputs: readonly PreparedField[]): Map<string, RawSample> {
  const content = parseJson(files, file);
  const [only, ...others] = inputs;
  if (only && others.length === 0 && (typeof content !== 'object' || !(only.name in (content ?? {})))) {
    return new Map([[only.name, only.columns ? cells(file, content, only.columns) : nested(file, content)]]);
  }
  const byName = (content ?? {}) as Record<string, unknown>;
  return new Map(
    inputs.map((field) => {
      if (!(field.name in byName)) throw new FileProblem('not-found', file, `${file} has no "${field.name}".`);
      const value = byName[field.name];
      return [field.name, field.columns ? cells(file, value, field.columns) : nested(file, value)];
    }),
  );
}

function parseJson(files: FileSystem, file: string): unknown {
  const text = readWhole(files, file, { most: largestJson, expected: 'one sample' }).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw damaged(file, `is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** {"column": number, ...} or a list in the order of the columns. */
function cells(file: string, content: unknown, columns: readonly string[]): RawSample {
  if (Array.isArray(content) || typeof content !== 'object' || content === null) return nested(file, content);
  const byName = content as Record<string, unknown>;
  const values = columns.map((name) => {
    const value = byName[name];
    if (typeof value === 'number') return value;
    const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}, not a number`;
    throw new FileProblem('bad-value', file, `${file}: "${name}" ${found}.`);
  });
  return { values, shape: null };
}

/** Lists of lists of numbers, all of equal length; one number is a sample of shape []. */
function nested(file: string, content: unknown): RawSample {
  const shape: number[] = [];
  for (let level = content; Array.isArray(level); level = level[0] as unknown) {
    if (shape.push(level.length) > mostAxes)
      throw new FileProblem('bad-value', file, `${file}: more than ${mostAxes} axes.`);
  }
  const values: number[] = [];
  const visit = (part: unknown, axis: number): void => {
    if (typeof part === 'number' && axis === shape.length) values.push(part);
    else if (Array.isArray(part) && part.length === shape[axis]) part.forEach((inner) => visit(inner, axis + 1));
    else {
      const message = `${file}: expected numbers in lists of equal lengths, as for [${shape.join(', ')}].`;
      throw new FileProblem('bad-value', file, message);
    }
  };
  visit(content, 0);
  return { values, shape };
}
