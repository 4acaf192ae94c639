/** Makes one of Netloom's Python environments, whole or not at all: a stamp is written last, and only that makes it count. */
import { promises as fileSystem } from 'node:fs';
import { fill } from '../../../shared/messages/fill';
import { installFailures, installSteps } from '../../../shared/messages/installSentences';
import { FileProblem, fileProblemFrom, systemCode } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { acquireLock, lockOwner } from '../runs/runLock';
import { ServiceProblem } from '../serviceProblem';
import { folderSize, freeBytes, refuseSmallDisk } from './diskSpace';
import { planEnvironment, type InstallWish } from './environmentPlan';
import { environmentFolder, environmentPython, environments, requirementsStamp, venvFolder } from './environments';
import type { EnvironmentName } from './environments';
import {
  environmentState,
  installCommand,
  markerFile,
  removeNote,
  stampFile,
  stateOnDisk,
  writeMarker,
  writeStamp,
  type EnvironmentState,
  type EnvironmentStamp,
} from './environmentState';
import { downloadsOf, installPackages, temporaryOf, wheelsOf } from './installPackages';
import type { InstallProgress } from './installProgress';
import { keepWheels } from './keptWheels';
import { askWhole, proveEnvironment } from './proveEnvironment';

export interface Installation extends InstallWish {
  /** Even what looks whole is removed and made again. */
  anew?: boolean;
  onProgress?: (progress: InstallProgress) => void;
}

export interface Installed {
  /** `found`: it was whole already, and nothing was done. */
  outcome: 'made' | 'found';
  folder: string;
  python: string;
  stamp: EnvironmentStamp;
}

/** The environment where it is whole and its Python answers with every version of the list; else null. */
export function wholeEnvironment(name: EnvironmentName, wish: InstallWish): Promise<Installed | null> {
  return whole(name, environmentState(wish.home, name, wish.machine), wish);
}

/**
 * What was left in the middle, is damaged or of another list is made anew, from what was downloaded already. Throws
 * `FileProblem` (disk-full, unreachable, not-allowed, cancelled) and `ServiceProblem` (python-unavailable, install-failed).
 */
export async function installEnvironment(name: EnvironmentName, installation: Installation): Promise<Installed> {
  const folder = environmentFolder(installation.home, name);
  await inFolder(folder, () => fileSystem.mkdir(folder, { recursive: true }));
  const release = await takeLock(name, folder, installation);
  try {
    // Another process may have made it meanwhile. The lock, which is ours now, says nothing of it.
    const state = stateOnDisk(installation.home, name, installation.machine);
    const found = installation.anew ? null : await whole(name, state, installation);
    return found ?? (await makeAnew(name, folder, installation));
  } finally {
    release();
  }
}

async function whole(name: EnvironmentName, state: EnvironmentState, wish: InstallWish): Promise<Installed | null> {
  if (state.kind !== 'ready') return null;
  const facts = await askWhole(name, state.python, wish);
  if (typeof facts === 'string') return null;
  return { outcome: 'found', folder: state.folder, python: state.python, stamp: state.stamp };
}

/** Waits while another process installs the same. */
async function takeLock(
  name: EnvironmentName,
  folder: string,
  { signal, onProgress }: Installation,
): Promise<() => void> {
  for (;;) {
    try {
      return acquireLock(diskFiles, folder, name).release;
    } catch (error) {
      if (!(error instanceof ServiceProblem && error.code === 'run-busy')) throw error;
    }
    const owner = lockOwner(diskFiles, folder);
    const who =
      owner === null || owner === 'unknown'
        ? installSteps.otherProcess
        : fill(installSteps.process, { pid: owner.pid });
    onProgress?.({ step: fill(installSteps.waiting, { who }), done: 0, total: null });
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (signal?.aborted) throw new FileProblem('cancelled', folder, installFailures.waitCancelled);
  }
}

async function makeAnew(name: EnvironmentName, folder: string, installation: Installation): Promise<Installed> {
  const { base, sizes, free } = await planEnvironment(name, installation);
  const command = installCommand(name);
  const { needed } = sizes.lean ?? sizes.usual;
  const { environment = process.env } = installation;
  refuseSmallDisk(free, needed, folder, command);
  try {
    return await inFolder(folder, () => makeWith(base, name, folder, installation));
  } catch (error) {
    await clearAway(folder, error);
    // Other programs may have filled the disk meanwhile, which pip takes for a fault of the network.
    const unexplained = ['unreachable', 'install-failed'].includes(systemCode(error) ?? '');
    if (unexplained) refuseSmallDisk(await freeBytes(base, folder, environment), needed, folder, command);
    throw error;
  }
}

async function makeWith(
  base: Parameters<typeof installPackages>[0]['base'],
  name: EnvironmentName,
  folder: string,
  installation: Installation,
): Promise<Installed> {
  const { environment = process.env, machine = process, signal, onProgress = () => undefined } = installation;
  const started = Date.now();
  const command = installCommand(name);
  // From here on, whoever looks finds an environment that is not whole.
  writeMarker(folder, null);
  removeNote(stampFile(folder));
  // A process that was killed could not do so itself.
  await keepWheels(temporaryOf(folder), wheelsOf(folder));
  await removeFolders(venvFolder(folder), temporaryOf(folder));
  await fileSystem.mkdir(temporaryOf(folder), { recursive: true });
  const definition = environments[name];
  await installPackages({ definition, base, folder, command, environment, machine, signal, onProgress });
  onProgress({ step: installSteps.trying, done: 0, total: null });
  const python = environmentPython(folder, machine);
  const { version, installed } = await proveEnvironment(name, python, installation, command);
  await removeFolders(temporaryOf(folder), downloadsOf(folder));
  const stamp = {
    list: requirementsStamp(name, machine),
    python: version,
    installed,
    bytes: await folderSize(venvFolder(folder)),
    seconds: (Date.now() - started) / 1000,
    made: new Date().toISOString(),
  };
  writeStamp(folder, stamp);
  removeNote(markerFile(folder));
  return { outcome: 'made', folder, python, stamp };
}

/** Half an environment helps nobody; what was downloaded does, where there is room for it. The marker says why. */
async function clearAway(folder: string, error: unknown): Promise<void> {
  const code = systemCode(error);
  // What pip refuses must not be taken again.
  const unwanted = code === 'disk-full' ? [downloadsOf(folder)] : code === 'install-failed' ? [wheelsOf(folder)] : [];
  try {
    await keepWheels(temporaryOf(folder), wheelsOf(folder));
    await removeFolders(venvFolder(folder), temporaryOf(folder), ...unwanted);
    writeMarker(folder, error instanceof Error ? error.message : String(error));
  } catch {
    // Whatever made the installation fail may keep this from working too; the marker stands there without a reason.
  }
}

async function removeFolders(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) await fileSystem.rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** What the system refuses becomes a sentence; mistakes of ours stay what they are. */
async function inFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceProblem || systemCode(error) === undefined) throw error;
    throw fileProblemFrom(error, folder, 'write');
  }
}
