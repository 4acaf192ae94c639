/** Which arrays of an archive are which part, and what may be wrong with them before any sample is looked at. */
import type { npzParams } from '../../../../shared/datasets/npz';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import type { ParamsOf } from '../../../../shared/ir/params';
import { FileProblem, withFileProblems } from '../../../files/fileProblem';
import type { FileSystem } from '../../../files/fileSystem';
import type { NpyArray } from '../../../files/npy';
import { readNpz } from '../../../files/npz';
import { listZip } from '../../../files/zip';
import { fieldNamePattern } from '../preparedFormat';

/** Names of arrays that belong together, in the order of the fields that they become. */
export interface ArraySet {
  inputs: string[];
  targets: string[];
  part: Part;
}

export interface ArraySets {
  /** The first one trains. */
  sets: ArraySet[];
  /** Which parts are drawn from the first set because the file has no arrays for them. */
  drawn: { validation: boolean; test: boolean };
}

const endings: Record<Part, readonly string[]> = {
  train: ['_train', ''],
  validation: ['_val', '_validation'],
  test: ['_test'],
};

/** Names as Keras has them, or plain ones. Throws a `FileProblem` that names the array that is missing. */
export function arraySets(files: FileSystem, file: string, params: ParamsOf<typeof npzParams>): ArraySets {
  const inputs = params.inputs.length > 0 ? params.inputs : ['x'];
  const targets = params.targets.length > 0 ? params.targets : ['y'];
  const bases = [...inputs, ...targets];
  refuseNames(file, bases);
  const names = arrayNames(files, file);
  const missing = (name: string): never => {
    const message = `${file} has no array "${name}"; it has ${names.join(', ')}. ${wish(bases)}`;
    throw new FileProblem('not-found', file, message);
  };
  const setOf = (part: Part): ArraySet[] => {
    const ending = endings[part].find((one) => bases.some((base) => names.includes(base + one)));
    if (ending === undefined) return [];
    const named = (base: string): string => (names.includes(base + ending) ? base + ending : missing(base + ending));
    return [{ inputs: inputs.map(named), targets: targets.map(named), part }];
  };
  const [train, validation, test] = [setOf('train'), setOf('validation'), setOf('test')];
  if (train.length === 0) missing(bases[0] as string);
  return {
    sets: [...train, ...validation, ...test],
    drawn: { validation: validation.length === 0, test: test.length === 0 },
  };
}

/** "Save x_train, y_train, x_test, y_test, or x and y." */
function wish(bases: readonly string[]): string {
  const ending = (text: string): string => bases.map((base) => base + text).join(', ');
  const plain = [bases.slice(0, -1).join(', '), ...bases.slice(-1)].join(' and ');
  return `Save ${ending('_train')}, ${ending('_test')}, or ${plain}.`;
}

/** Arrays become fields of the same name, so names must differ and be names. */
function refuseNames(file: string, bases: readonly string[]): void {
  const twice = bases.find((base, at) => bases.indexOf(base) !== at);
  const refuse = (message: string): never => {
    throw new FileProblem('bad-value', file, `${file}: ${message}`);
  };
  if (twice !== undefined) refuse(`data.inputs and data.targets name the array "${twice}" twice.`);
  const odd = bases.find((base) => !fieldNamePattern.test(base));
  if (odd !== undefined) {
    refuse(`the array "${odd}" cannot be a field: a name has letters, digits and "_" and starts with a letter.`);
  }
}

function arrayNames(files: FileSystem, file: string): string[] {
  return withFileProblems(file, 'read', () => {
    const handle = files.open(file, 'read');
    try {
      return listZip(files, handle, file).map(({ name }) => name.replace(/\.npy$/, ''));
    } finally {
      files.close(handle);
    }
  });
}

/** One array, in memory while it is needed. */
export function readArray(files: FileSystem, file: string, name: string): NpyArray {
  const array = readNpz(files, file, { only: [name] }).get(name);
  if (!array) throw new FileProblem('not-found', file, `${file} has no array "${name}".`);
  return array;
}

export interface NamedArray {
  name: string;
  array: NpyArray;
}

/** What two arrays of a set have to have in common. */
export function checkLengths(file: string, one: NamedArray, other: NamedArray): void {
  const [samples, others] = [one.array.shape[0] ?? 0, other.array.shape[0] ?? 0];
  const refuse = (message: string): never => {
    throw new FileProblem('bad-value', file, `${file}: ${message}`);
  };
  if (one.array.shape.length === 0 || samples === 0) refuse(`${one.name} has no samples.`);
  if (samples !== others) refuse(`${one.name} has ${samples} samples, but ${other.name} has ${others}.`);
}
