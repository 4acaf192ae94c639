/** Prepares a single sample of the user's as its data set was: a folder with one test sample, for `try`. */
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import type { FileSystem } from '../../files/fileSystem';
import { readDescription } from './openData';
import type { PreparedField } from './preparedFormat';
import { beginPreparedFolder } from './preparedWriter';
import { orderSample } from './orderSample';
import { readSampleFile } from './readSampleFile';

/**
 * `prepared`: the folder of the data set. `file`: npy, csv or json, holding the input alone in the units of the data
 * set's own source (pixels 0 to 16 of the digits, columns as they stand in the table). `into`: a folder to be made.
 * Throws a `FileProblem` that names what is wrong with the sample.
 */
export async function prepareSample(
  prepared: string,
  file: string,
  into: string,
  files: FileSystem = diskFiles,
): Promise<void> {
  const { fields, ...set } = readDescription(prepared, files);
  const inputs = fields.filter(({ role }) => role === 'input');
  const found = await readSampleFile(files, file, inputs);
  const writer = beginPreparedFolder(files, into);
  try {
    for (const field of fields) {
      const raw = found.get(field.name);
      writer.addField({ ...field, stored: field.dtype, kind: raw ? 'array' : 'unknown' });
      if (!raw) continue;
      const ordered = orderSample(`${file}: ${field.name}`, field, raw);
      const values = ordered.map((value, at) => scaled(file, field, value, at));
      writer.append(field.name, 'test', field.dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values));
    }
    const { netloomData, source, title, attribution, licence, hash, config } = set;
    writer.commit({ netloomData, source, title, attribution, licence, hash, config, origin: file }, () => false);
  } finally {
    writer.abandon();
  }
}

/** What the source of the data set did to its own values. */
function scaled(file: string, field: PreparedField, value: number, at: number): number {
  const { scaling } = field;
  const refuse = (expected: string): never => {
    const where = field.columns ? `column "${field.columns[at] ?? at}"` : `value ${at} of ${field.name}`;
    throw new FileProblem('bad-value', file, `${file}: ${where} is ${value}; expected ${expected}.`);
  };
  if (!Number.isFinite(Math.fround(value))) refuse('a finite number');
  if (field.dtype === 'int32' && value !== (value | 0)) refuse('a whole number');
  switch (scaling.kind) {
    case 'none':
      return value;
    case 'divide':
      if (value < 0 || value > scaling.largest) refuse(`0 to ${scaling.largest}, as the data set has before scaling`);
      return Math.fround(value / scaling.by);
    case 'standardise':
      return (value - (scaling.mean[at] as number)) / (scaling.deviation[at] as number);
  }
}
