/** Finds the TensorFlow that the engine computes with: the one that is named, the official one, Netloom's own, the user's. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { tensorflowPredicates, tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
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
    fill(tensorflowSentences.notInstalled, { looked: passedOver.join('; ') }),
    fill(tensorflowSentences.howToInstall, { command }),
  );
}

function refuseOther({ platform, arch }: Machine): void {
  if (platform === 'linux' && ['x64', 'arm64'].includes(arch)) return;
  throw new EngineMissing(
    fill(tensorflowSentences.otherSystem, { machine: `${platform}-${arch}` }),
    tensorflowSentences.otherEngines,
  );
}

/** Never passed over: whoever names a folder wants that one. */
function namedLibrary(named: string): TensorflowLibrary {
  const folder = resolve(named);
  const wrong = notAFolder(folder);
  const inside = wrong === null ? [folder, join(folder, 'lib'), join(folder, 'tensorflow')].map(libraryIn) : [wrong];
  for (const library of inside) if (typeof library !== 'string') return library;
  const [why = ''] = inside.filter((found) => typeof found === 'string');
  throw new EngineMissing(
    fill(tensorflowSentences.named, { name: named, why }),
    fill(tensorflowSentences.nameAnother, { command }),
  );
}

function notAFolder(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? null : tensorflowPredicates.file;
  } catch {
    // Its path may lead through a file, too.
    return tensorflowPredicates.notThere;
  }
}

interface Place {
  source: string;
  look: () => TensorflowLibrary | string;
}

/** What was installed for this comes before what happens to be there. */
function places(home: string, environment: NodeJS.ProcessEnv, machine: Machine): Place[] {
  const own = (name: EnvironmentName): Place => ({
    source: fill(tensorflowSentences.ownEnvironment, { name }),
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
  if (first === undefined) return fill(tensorflowPredicates.nothing, { folder });
  const library = libraryIn(first);
  return typeof library === 'string' ? fill(tensorflowPredicates.inFolder, { folder: first, why: library }) : library;
}
