/** The weights of an exported model in the format of its target. */
import { join } from 'node:path';
import type { ExportFolder, ExportTarget } from '../../../shared/codegen/exportTarget';
import { atomicWrite } from '../../files/atomicWrite';
import type { FileSystem } from '../../files/fileSystem';
import { writeSafetensors, type StoredTensor } from '../../files/safetensors';
import { writeNpz } from '../../files/writeNpz';
import type { WeightValues } from './exportValues';
import { asStored, constantTensors, targetTensors } from './targetTensors';

type WeightFormat = ExportTarget['weights'];

/** Where the weights lie in the folder; empty where the model's file holds them. */
export function weightFiles(format: WeightFormat): string[] {
  if (format.format === 'inside') return [];
  return format.format === 'tfjs' ? [format.file, format.values] : [format.file];
}

/** The tensors of the target by their names, constants among them. */
export function storedWeights(model: ExportFolder, values: WeightValues): Map<string, StoredTensor> {
  const tensors = targetTensors(model.weights, (key) => values.get(key));
  const lacking = model.weights.find(({ name }) => !tensors.has(name));
  if (lacking) throw new Error(`no values for ${lacking.name} of ${lacking.group}`);
  return new Map([...[...tensors].map(([name, each]) => [name, asStored(each)] as const), ...constantTensors(model)]);
}

export function writeWeights(
  files: FileSystem,
  folder: string,
  format: WeightFormat,
  tensors: ReadonlyMap<string, StoredTensor>,
): void {
  switch (format.format) {
    case 'inside':
      return;
    case 'safetensors':
      return writeSafetensors(files, join(folder, format.file), { metadata: { format: 'pt' }, tensors });
    case 'npz':
      return writeNpz(files, join(folder, format.file), tensors);
    case 'tfjs':
      return writeTfjs(files, folder, format, tensors);
  }
}

/** TensorFlow.js' own list of weights: name, shape and type of each, in the order of their bytes. */
function writeTfjs(
  files: FileSystem,
  folder: string,
  { file, values }: { file: string; values: string },
  tensors: ReadonlyMap<string, StoredTensor>,
): void {
  const weights = [...tensors].map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  const list = `${JSON.stringify([{ paths: [values], weights }], null, 1)}\n`;
  const bytes = [...tensors.values()].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  atomicWrite(files, join(folder, values), bytes);
  atomicWrite(files, join(folder, file), [Buffer.from(list, 'utf8')]);
}
