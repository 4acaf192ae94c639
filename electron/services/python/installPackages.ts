/** The steps that fill an environment: make it, bring its installer up to date, install the list. Each may fail by name. */
import { createHash } from 'node:crypto';
import { promises as fileSystem } from 'node:fs';
import { join } from 'node:path';
import { fill } from '../../../shared/messages/fill';
import { environmentWords, installSteps } from '../../../shared/messages/installSentences';
import { isolation } from './askPython';
import { runProgram, type EndedProgram } from './childProgram';
import { freeBytes, refuseSmallDisk } from './diskSpace';
import type { EnvironmentBase } from './environmentBase';
import { environmentPython, venvFolder, type EnvironmentDefinition } from './environments';
import { installFailure } from './installFailure';
import { installProgress, type InstallProgress } from './installProgress';
import { writeConstraints } from './keptWheels';
import type { Machine } from './machine';

export interface InstallPlan {
  definition: EnvironmentDefinition;
  base: EnvironmentBase;
  /** The folder of the environment and of what is noted about it. */
  folder: string;
  command: string;
  environment: NodeJS.ProcessEnv;
  machine: Machine;
  signal?: AbortSignal;
  onProgress: (progress: InstallProgress) => void;
}

/** Old ones neither tell how a download goes on nor take it up again. */
const pip = 'pip==26.3';

export const downloadsOf = (folder: string): string => join(folder, 'downloads');
export const temporaryOf = (folder: string): string => join(folder, 'unpacking');
export const wheelsOf = (folder: string): string => join(downloadsOf(folder), 'wheels');

export async function installPackages(plan: InstallPlan): Promise<void> {
  await makeVenv(plan);
  if (plan.base.kind === 'venv') await install(plan, 'pip', [pip]);
  await installBuild(plan);
  await install(plan, plan.definition.holds, plan.definition.requirements(plan.machine));
}

async function makeVenv(plan: InstallPlan): Promise<void> {
  const { base, folder, environment } = plan;
  plan.onProgress({ step: installSteps.making, done: 0, total: null });
  const what = environmentWords.environment;
  if (base.kind === 'uv') {
    const words = ['venv', '--quiet', '--python', base.python, venvFolder(folder)];
    return check(await run(plan, base.uv, words), plan, what);
  }
  const isolated = isolation(environment);
  check(await run(plan, base.python, [...isolated, '-m', 'venv', '--without-pip', venvFolder(folder)]), plan, what);
  // By itself, because venv keeps to itself why it failed.
  const python = environmentPython(folder, plan.machine);
  check(await run(plan, python, [...isolated, '-m', 'ensurepip', '--upgrade', '--default-pip']), plan, what);
}

/** PyTorch from its own index; where that is not to be had, the list brings what the usual one has. */
async function installBuild(plan: InstallPlan): Promise<void> {
  const index = plan.definition.buildIndex(plan.machine);
  if (!index) return;
  plan.onProgress({ step: fill(installSteps.asking, { build: index.build }), done: 0, total: null });
  const retries = plan.base.kind === 'uv' ? [] : ['--retries', '1', '--timeout', '20'];
  const words = ['--index-url', index.address, '--no-deps', ...retries, index.requirement];
  const ended = await runInstaller(plan, words);
  if (ended.how === 'ended' && ended.code === 0) return;
  const failure = installFailure(ended, { what: 'PyTorch', folder: plan.folder, command: plan.command });
  // What the large build cannot mend either.
  if ('code' in failure && (failure.code === 'cancelled' || failure.code === 'disk-full')) throw failure;
  const { usual } = plan.definition.size(plan.machine);
  const free = await freeBytes(plan.base, plan.folder, plan.environment);
  refuseSmallDisk(free, usual.needed, plan.folder, plan.command);
  const { largeInstead, usualInstead } = installSteps;
  const step = plan.definition.size(plan.machine).lean ? largeInstead : usualInstead;
  plan.onProgress({ step, done: 0, total: null });
}

async function install(plan: InstallPlan, what: string, requirements: readonly string[]): Promise<void> {
  check(await runInstaller(plan, requirements), plan, what);
}

async function runInstaller(plan: InstallPlan, words: readonly string[]): Promise<EndedProgram> {
  const python = environmentPython(plan.folder, plan.machine);
  // Nothing is compiled here, and no package runs a script of its own while it is installed.
  const built = ['--only-binary', ':all:'];
  if (plan.base.kind === 'uv') {
    return run(plan, plan.base.uv, ['pip', 'install', '--compile-bytecode', '--python', python, ...built, ...words]);
  }
  const quietly = ['--no-input', '--disable-pip-version-check', '--no-warn-script-location'];
  const start = [...pipSwitches, '-m', 'pip', 'install', ...quietly, ...built];
  if (words[0] === pip) return run(plan, python, [...start, ...words]);
  const list = createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 16);
  const temporary = join(temporaryOf(plan.folder), list);
  await fileSystem.mkdir(temporary, { recursive: true });
  const kept = await writeConstraints(join(wheelsOf(plan.folder), list));
  const constraints = kept === null ? [] : ['--constraint', kept];
  return run(plan, python, [...start, '--progress-bar', 'raw', ...constraints, ...words], temporary);
}

const pipSwitches = ['-E', '-u', '-X', 'utf8'];

function run(
  plan: InstallPlan,
  command: string,
  words: readonly string[],
  temporary = temporaryOf(plan.folder),
): Promise<EndedProgram> {
  const read = installProgress();
  return runProgram(command, words, {
    cwd: plan.folder,
    environment: installerEnvironment(plan.environment, plan.folder, temporary),
    signal: plan.signal,
    onLine: (line) => {
      const progress = read(line);
      if (progress) plan.onProgress(progress);
    },
  });
}

/** Downloads and what is being unpacked lie on the disk that was spoken of, not wherever the system has room. */
function installerEnvironment(environment: NodeJS.ProcessEnv, folder: string, temporary: string): NodeJS.ProcessEnv {
  const downloads = downloadsOf(folder);
  return {
    ...environment,
    // Settings of the user's for where packages go would lead out of the environment.
    PIP_TARGET: undefined,
    PIP_PREFIX: undefined,
    PIP_ROOT: undefined,
    PIP_USER: '0',
    PIP_NO_COLOR: '1',
    // What is worth keeping is kept by us; a second copy would only take room.
    ...(environment.PIP_CACHE_DIR ? {} : { PIP_NO_CACHE_DIR: '1' }),
    UV_CACHE_DIR: environment.UV_CACHE_DIR ?? join(downloads, 'uv'),
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  };
}

function check(ended: EndedProgram, plan: InstallPlan, what: string): void {
  if (ended.how === 'ended' && ended.code === 0) return;
  throw installFailure(ended, { what, folder: plan.folder, command: plan.command });
}
