/** `netloom engines`: which engines work on this machine, found by a real matrix product, and which environments there are. */
import type { EngineStatus } from '../../../shared/ipc/studio/engineSchemas';
import { lacksCard } from '../../../shared/training/lacksCard';
import { stepTime } from '../../../shared/training/stepTime';
import { diagnostics } from '../../services/engines/diagnostics';
import { engineStates } from '../../services/engines/engineStates';
import { engineIds, offeredEngines, probeEngines, type Probe } from '../../services/engines/probeEngines';
import { gigabytes } from '../../services/python/diskSpace';
import { installCommand, listEnvironments, stateSentence } from '../../services/python/environmentState';
import type { EnvironmentListing } from '../../services/python/environmentState';
import type { Context } from '../context';
import { wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export async function engines(flags: { json?: boolean }, context: Context): Promise<ExitCode> {
  const found = await statesHere(context);
  if (flags.json) {
    const listed = found.flatMap(({ name, trains, probe, ...rest }) =>
      trains ? [{ id: name, ...probe, ...withoutInstallation(rest) }] : [],
    );
    printJson({ engines: listed, environments: listEnvironments(context.home).map(environmentFacts) }, context);
    return exitCode.done;
  }
  for (const status of found) tellEngine(status, context);
  return exitCode.done;
}

/** What somebody else needs to see why an engine does not work; without the user's name or home folder. */
export async function enginesDiagnostics(context: Context): Promise<ExitCode> {
  context.terminal.write(await diagnostics(context.home, await statesHere(context)));
  return exitCode.done;
}

async function statesHere({ spawn, home }: Context): Promise<EngineStatus[]> {
  return engineStates(home, await probeEngines(spawn, offeredEngines(await engineIds(spawn))));
}

function withoutInstallation({ state, reason, remedy, environment }: Omit<EngineStatus, 'name' | 'trains' | 'probe'>) {
  return { state, reason, remedy, environment };
}

function tellEngine(status: EngineStatus, context: Context): void {
  const { terminal, style } = context;
  const { name, state, probe, environment, reason, remedy } = status;
  const marks: Record<EngineStatus['state'], string> = {
    ready: style.green('● ready'),
    broken: style.red('✗ broken'),
    installing: style.amber('◌ being installed'),
    ...{ missing: style.faint('○ not available'), unfinished: style.faint('○ not available') },
    outdated: style.faint('○ not available'),
  };
  terminal.write(`${marks[state]}  ${style.bold(name)}\n`);
  const say = (text: string, paint: (line: string) => string = (line) => line): void => {
    if (text === '') return;
    const lines = wrap(`    ${text}`, terminal.columns(), '    ');
    terminal.write(`${lines.map(paint).join('\n')}\n`);
  };
  if (probe) say(deviceFacts(probe, environment !== null));
  if (probe) say(libraryFacts(probe));
  if (environment && (state !== 'ready' || environment.python !== null)) say(environmentLine(environment));
  if (environment?.python) say(environment.folder);
  say(reason ?? '');
  say(remedy ?? '');
  if (probe?.available && probe.whyNotAccelerated) say(probe.whyNotAccelerated, style.amber);
}

/** "NVIDIA H200 · driver 580.65 · CUDA 13.0 · compute capability 9.0, built for sm_80 sm_90 · 131.0 of 139.8 GB free". */
function deviceFacts(probe: Probe, usesCards: boolean): string {
  const { device, driver, cuda, computeCapability, builtFor, memory } = probe;
  const built = builtFor && builtFor.length > 0 ? `built for ${builtFor.join(' ')}` : '';
  const capability = computeCapability === null ? '' : `compute capability ${computeCapability}`;
  return [
    device ?? '',
    lacksCard(probe, usesCards) ? 'no NVIDIA card' : '',
    driver === null ? '' : `driver ${driver}`,
    cuda === null ? '' : `CUDA ${cuda}`,
    [capability, built].filter((text) => text !== '').join(', '),
    memory ? `${gigabytes(memory.free)} of ${gigabytes(memory.total)} free` : '',
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

function libraryFacts({ versions, seconds }: Probe): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const speed = seconds === null ? [] : [`256×256 matrix product in ${stepTime(seconds * 1000)}`];
  return [...named, ...speed].join(' · ');
}

function environmentLine({ purpose, holds, python, bytes }: NonNullable<EngineStatus['environment']>): string {
  const facts = python === null ? '' : ` · Python ${python}${bytes === null ? '' : ` · ${gigabytes(bytes)}`}`;
  return `Python environment ${purpose}: ${holds}${facts}`;
}

function environmentFacts({ name, state }: EnvironmentListing): Record<string, unknown> {
  const stamp = state.kind === 'ready' ? state.stamp : null;
  return {
    id: name,
    state: state.kind,
    folder: state.folder,
    python: state.kind === 'ready' ? state.python : null,
    installed: stamp?.installed ?? {},
    bytes: stamp?.bytes ?? null,
    reason: stamp ? null : `It ${stateSentence(state)}.`,
    command: installCommand(name),
  };
}
