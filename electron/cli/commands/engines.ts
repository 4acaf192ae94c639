/** `netloom engines`: which engines work on this machine, found by a real matrix product, and which environments there are. */
import { probeEngines, type EngineListing } from '../../services/engines/probeEngines';
import { gigabytes } from '../../services/python/diskSpace';
import { installCommand, listEnvironments, stateSentence } from '../../services/python/environmentState';
import type { EnvironmentListing } from '../../services/python/environmentState';
import type { Context } from '../context';
import { formatNumber } from '../display/numbers';
import { wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export async function engines(flags: { json?: boolean }, context: Context): Promise<ExitCode> {
  const { spawn, home } = context;
  const found = await probeEngines(spawn);
  const environments = listEnvironments(home);
  if (flags.json) {
    const listed = found.map(({ id, probe }) => ({ id, ...probe }));
    printJson({ engines: listed, environments: environments.map(environmentFacts) }, context);
    return exitCode.done;
  }
  for (const listing of found) tellEngine(listing, context);
  for (const listing of environments) tellEnvironment(listing, context);
  return exitCode.done;
}

function tellEngine({ id, probe }: EngineListing, context: Context): void {
  const versions = Object.entries(probe.versions).map(([name, version]) => `${name} ${version}`);
  const speed = !probe.seconds ? [] : [`256×256 matrix product in ${formatNumber(probe.seconds * 1000)} ms`];
  const facts = [...(probe.device ? [probe.device] : []), ...versions, ...speed].join(' · ');
  tell({ ready: probe.available, name: id, lines: [facts, probe.reason ?? '', probe.remedy ?? ''] }, context);
}

function tellEnvironment({ name, holds, purpose, state }: EnvironmentListing, context: Context): void {
  const ready = state.kind === 'ready';
  const facts = ready ? ` · Python ${state.stamp.python} · ${gigabytes(state.stamp.bytes)}` : '';
  const lines = [
    `Python environment ${purpose}: ${holds}${facts}`,
    ...(ready ? [state.folder] : [`It ${stateSentence(state)}.`, `Install it: ${installCommand(name)}`]),
  ];
  tell({ ready, name, lines }, context);
}

function tell(
  { ready, name, lines }: { ready: boolean; name: string; lines: readonly string[] },
  { terminal, style }: Context,
): void {
  const mark = ready ? style.green('● ready') : style.faint('○ not available');
  terminal.write(`${mark}  ${style.bold(name)}\n`);
  for (const text of lines.filter((line) => line !== '')) {
    terminal.write(`${wrap(`    ${text}`, terminal.columns(), '    ').join('\n')}\n`);
  }
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
