/** Finds the TensorFlow that the engine computes with: the one that is named, the official one, Netloom's own, the user's. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { namedPython } from '../python/candidates';
import { environmentState, installCommand, stateSentence } from '../python/environmentState';
import type { EnvironmentName } from '../python/environments';
import type { Machine } from '../python/machine';
import { EngineMissing } from './engineMissing';
import { officialTensorflow } from './officialTensorflow';
import { libraryIn, type FoundTensorflow, type TensorflowLibrary } from './tensorflowLibrary';

export interface TensorflowWish {
  home: string;
  /** Of the installed tfjs-node-gpu, which may hold the official library. */
  packageFolder: string;
  /** Of the card, "9.0"; null where there is none. */
  capability: string | null;
  environment?: NodeJS.ProcessEnv;
  machine?: Machine;
}

const command = installCommand('tensorflow');

/** Throws `EngineMissing` with everything that was looked at. */
export function findTensorflow(wish: TensorflowWish): FoundTensorflow {
  const { home, environment = process.env, machine = process } = wish;
  refuseOther(machine);
  const named = environment.NETLOOM_TENSORFLOW;
  if (named) return { source: 'NETLOOM_TENSORFLOW', library: namedLibrary(named), binding: null };
  const passedOver: string[] = [];
  const official = officialTensorflow(wish.packageFolder, wish.capability);
  if (typeof official !== 'string') return official;
  if (official !== '') passedOver.push(official);
  for (const { source, look } of places(home, environment, machine)) {
    const found = look();
    if (typeof found !== 'string') return { source, library: found, binding: null };
    passedOver.push(`${source} ${found}`);
  }
  throw new EngineMissing(
    `TensorFlow is not installed. Looked at: ${passedOver.join('; ')}.`,
    `Install it for Netloom alone with "${command}", or name the folder of yours in NETLOOM_TENSORFLOW.`,
  );
}

function refuseOther({ platform, arch }: Machine): void {
  if (platform === 'linux' && ['x64', 'arm64'].includes(arch)) return;
  throw new EngineMissing(
    `The engine tensorflow runs on Linux; this is ${platform}-${arch}.`,
    'Train on the engine wasm, which is always there, or on pytorch.',
  );
}

/** Never passed over: whoever names a folder wants that one. */
function namedLibrary(named: string): TensorflowLibrary {
  const folder = resolve(named);
  const inside = [folder, join(folder, 'lib'), join(folder, 'tensorflow')].map(libraryIn);
  for (const library of inside) if (typeof library !== 'string') return library;
  const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const [reason] = inside.filter((found) => typeof found === 'string');
  throw new EngineMissing(
    `NETLOOM_TENSORFLOW names ${named}, which ${there ? (reason ?? '') : 'is not there'}.`,
    `Name the folder "tensorflow" of a Python's site-packages, or unset NETLOOM_TENSORFLOW and run "${command}".`,
  );
}

interface Place {
  source: string;
  look: () => TensorflowLibrary | string;
}

/** What was installed for this comes before what happens to be there. */
function places(home: string, environment: NodeJS.ProcessEnv, machine: Machine): Place[] {
  const own = (name: EnvironmentName): Place => ({
    source: `Netloom's environment ${name}`,
    look: () => ownLibrary(home, name, machine),
  });
  const named = namedPython(environment)?.command;
  const users = [
    { source: 'NETLOOM_PYTHON', folder: named && isAbsolute(named) ? dirname(dirname(named)) : undefined },
    { source: 'VIRTUAL_ENV', folder: environment.VIRTUAL_ENV },
    { source: 'CONDA_PREFIX', folder: environment.CONDA_PREFIX },
  ];
  return [
    own('tensorflow'),
    ...users.flatMap(({ source, folder }) => (folder ? [{ source, look: () => libraryOfPython(folder) }] : [])),
    own('verify'),
  ];
}

function ownLibrary(home: string, name: EnvironmentName, machine: Machine): TensorflowLibrary | string {
  const state = environmentState(home, name, machine);
  return state.kind === 'ready' ? libraryOfPython(dirname(dirname(state.python))) : stateSentence(state);
}

/** In the folder of an environment or of an installation of Python: lib/python3.11/site-packages/tensorflow. */
function libraryOfPython(folder: string): TensorflowLibrary | string {
  const lib = join(folder, 'lib');
  const versions = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3\.\d+$/.test(name)) : [];
  const found = versions.map((name) => join(lib, name, 'site-packages', 'tensorflow')).filter(existsSync);
  const [first] = found;
  if (first === undefined) return `(${folder}) has no TensorFlow`;
  const library = libraryIn(first);
  return typeof library === 'string' ? `(${first}) ${library}` : library;
}
