/** All that helps somebody else to find out why an engine does not work, as text that may be shown to strangers. */
import { join } from 'node:path';
import type { EngineStatus } from '../../../shared/ipc/studio/engineSchemas';
import { runsFolder } from '../../files/home';
import { runIds } from '../runs/findRun';
import { listingOf } from '../runs/listRuns';
import { readRun } from '../runs/readRun';
import { systemFacts, type Facts } from './systemFacts';
import { withoutHome } from './withoutHome';

const mostRuns = 40;
const mostErrors = 5;
const mostCharacters = 1000;

/** `now`: the date that stands above it. */
export async function diagnostics(home: string, engines: readonly EngineStatus[], now = new Date()): Promise<string> {
  const facts = [...(await systemFacts()), ...engines.map(engineFacts), errorFacts(home)];
  const parts = facts.map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join('\n'));
  const text = [`Netloom's engines, ${now.toISOString()}`, ...parts].join('\n\n');
  return `${withoutPasswords(withoutHome(text))}\n`;
}

/** The address of a package index may hold one, and installers repeat it. */
function withoutPasswords(text: string): string {
  return text.replace(/:\/\/[^\s/@]+@/g, '://…@');
}

function engineFacts(status: EngineStatus): Facts {
  const { name, state, trains, probe, environment, reason, remedy } = status;
  const lines = [
    state,
    ...(probe ? probeLines(probe) : []),
    ...(environment ? environmentLines(environment) : []),
    ...[reason, remedy].flatMap((sentence) => (sentence === null ? [] : [sentence.slice(0, mostCharacters)])),
  ];
  return { title: `${trains ? 'Engine' : 'Environment'} ${name}`, lines };
}

function probeLines(probe: NonNullable<EngineStatus['probe']>): string[] {
  const { device, versions, seconds, accelerated, whyNotAccelerated, driver, cuda, computeCapability } = probe;
  const { builtFor, memory } = probe;
  const facts: [string, string | null][] = [
    ['device', device],
    ['versions', entries(versions)],
    ['matrix product', seconds === null ? null : `${(seconds * 1000).toFixed(2)} ms`],
    ['GPU', accelerated ? 'used' : (whyNotAccelerated ?? (driver === null ? 'no NVIDIA card' : 'not used'))],
    ['driver', driver],
    ['CUDA', cuda],
    ['compute capability', computeCapability],
    ['built for', builtFor?.join(' ') ?? null],
    ['memory', memory && `${memory.free} of ${memory.total} bytes free`],
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`]));
}

function environmentLines({ folder, python, packages }: NonNullable<EngineStatus['environment']>): string[] {
  const installed = python === null ? [] : [`Python ${python}`, entries(packages)];
  return [`environment: ${folder}`, ...installed];
}

function entries(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** What engines said when runs broke off, newest first. */
function errorFacts(home: string): Facts {
  const ids = [...runIds(home)].sort().reverse().slice(0, mostRuns);
  const lines = ids.flatMap((id) => {
    const { engine, state, problem } = listingOf(readRun(id, join(runsFolder(home), id), { layers: false }));
    return problem === null ? [] : [`${engine ?? 'unknown engine'}, ${state}: ${problem.slice(-mostCharacters)}`];
  });
  return { title: 'Last errors of runs', lines: lines.length > 0 ? lines.slice(0, mostErrors) : ['none'] };
}
