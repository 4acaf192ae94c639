/** What every engine keeps in a file and takes from one: weights and slots by name, in one safetensors layout. */
import { sameSizes } from '../../../shared/ir/tensorType';
import { FileProblem } from '../../files/fileProblem';
import { diskFiles, type FileSystem } from '../../files/fileSystem';
import { readSafetensors, writeSafetensors, type Safetensors, type StoredTensor } from '../../files/safetensors';
import type { Loaded, Runner, Snapshot } from './engine';
import { nextTurn } from './nextTurn';

/** `weights/<path>/<name>` or `slots/<path>/<name>/<slot>`, and the way to its numbers. */
export interface CheckpointEntry {
  name: string;
  shape: readonly number[];
  read: () => Float32Array;
  take: (values: Float32Array) => void;
}

/** Reads all numbers. */
export function tensorsOf(entries: readonly CheckpointEntry[]): Map<string, StoredTensor> {
  return new Map(entries.map(({ name, shape, read }) => [name, { dtype: 'F32', shape, data: read() }]));
}

/** Of tensors that are at hand, or come when they are first written. */
export function snapshotOf(
  tensors: () => ReadonlyMap<string, StoredTensor> | Promise<ReadonlyMap<string, StoredTensor>>,
  files: FileSystem = diskFiles,
): Snapshot {
  let found: ReturnType<typeof tensors> | null = null;
  return {
    async write(path, metadata) {
      // Whoever goes on to train asks for steps first.
      await nextTurn();
      found ??= tensors();
      writeSafetensors(files, path, { metadata, tensors: await found });
    },
  };
}

/** Writes a runner's state as it is now. */
export async function saveState(
  runner: Pick<Runner, 'snapshot'>,
  path: string,
  metadata: Record<string, string> = {},
): Promise<void> {
  const snapshot = await runner.snapshot();
  await snapshot.write(path, metadata);
}

/** Nothing is taken before everything fits; with `partial` what fits is taken and the rest reported. */
export function loadCheckpoint(file: string, entries: readonly CheckpointEntry[], partial: boolean): Loaded {
  const stored = readSafetensors(diskFiles, file);
  if (!partial) refuseOther(file, entries, stored);
  const fitting = entries.filter((entry) => fits(entry, stored.tensors.get(entry.name)));
  for (const { name, take } of fitting) take(stored.tensors.get(name)?.data as Float32Array);
  const taken = new Set(fitting.map(({ name }) => name));
  return {
    metadata: { ...stored.metadata },
    loaded: [...taken],
    missing: entries.flatMap(({ name }) => (taken.has(name) ? [] : [name])),
    unused: [...stored.tensors.keys()].filter((name) => !taken.has(name)),
  };
}

/** The outputs of every head over the samples of an evaluation. */
export interface Predictions {
  head: string;
  shape: number[];
  values: Float32Array;
}

export function savePredictions(file: string, predictions: readonly Predictions[]): void {
  const tensors = predictions.map(({ head, shape, values }): [string, StoredTensor] => [
    head,
    { dtype: 'F32', shape, data: values },
  ]);
  writeSafetensors(diskFiles, file, { metadata: {}, tensors: new Map(tensors) });
}

function fits(entry: CheckpointEntry, tensor: StoredTensor | undefined): boolean {
  return tensor !== undefined && tensor.dtype === 'F32' && sameSizes(tensor.shape, entry.shape);
}

function refuseOther(file: string, entries: readonly CheckpointEntry[], { tensors }: Safetensors): void {
  const known = new Set(entries.map(({ name }) => name));
  const odd = entries.find((entry) => !fits(entry, tensors.get(entry.name)));
  const extra = [...tensors.keys()].find((name) => !known.has(name));
  if (!odd && extra === undefined) return;
  throw new FileProblem(
    'unsupported',
    file,
    `${file} is a checkpoint of another design: ${difference(odd, odd && tensors.get(odd.name), extra)}. ` +
      'Use a checkpoint of this design, or load it partially: then the weights that fit by name and shape are taken.',
  );
}

function difference(
  odd: CheckpointEntry | undefined,
  found: StoredTensor | undefined,
  extra: string | undefined,
): string {
  if (!odd) return `it holds ${extra}, which this design does not have`;
  const wanted = `[${odd.shape.join(', ')}]`;
  if (!found) return `it lacks ${odd.name} ${wanted}`;
  return `${odd.name} is ${found.dtype} [${found.shape.join(', ')}] there and F32 ${wanted} in this design`;
}
