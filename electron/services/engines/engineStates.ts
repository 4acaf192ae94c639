/** Engines and environments as one list: what works, what is missing, and the way out; for the terminal and the window. */
import { engineSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import type { EngineStatus, InstallationProgress } from '../../../shared/ipc/studio/engineSchemas';
import {
  installCommand,
  listEnvironments,
  repairCommand,
  stateSentence,
  type EnvironmentListing,
} from '../python/environmentState';
import { wholeEnvironment } from '../python/installEnvironment';
import type { EngineListing } from './probeEngines';

/** Engines first, in their order, then environments that serve something else. */
export async function engineStates(
  home: string,
  listings: readonly EngineListing[],
  installing: (name: string) => InstallationProgress | null = () => null,
): Promise<EngineStatus[]> {
  const environments = listEnvironments(home);
  const states: EngineStatus[] = [];
  for (const listing of listings) {
    const environment = environments.find(({ name }) => name === listing.id) ?? null;
    states.push(engineStatus(listing, environment, installing(listing.id)));
  }
  for (const environment of environments) {
    if (listings.some(({ id }) => id === environment.name)) continue;
    states.push(await environmentStatus(environment, home, installing(environment.name)));
  }
  return states;
}

function engineStatus(
  { id, probe }: EngineListing,
  environment: EnvironmentListing | null,
  installation: InstallationProgress | null,
): EngineStatus {
  const busy = installation !== null || environment?.state.kind === 'installing';
  const known = environment?.state.kind ?? 'ready';
  const state = busy ? 'installing' : probe.available ? 'ready' : known === 'ready' ? 'broken' : known;
  // What is known of the environment says more than a library that was not found.
  const told = environment && (known === 'unfinished' || known === 'outdated') ? toldOf(environment) : probe;
  const { reason, remedy } = state === 'ready' ? { reason: null, remedy: null } : told;
  const facts = environment && environmentFacts(environment);
  return { name: id, trains: true, state, probe, environment: facts, reason, remedy, installation };
}

/** No library is loaded for these: whether its Python answers with every version is what can be known. */
async function environmentStatus(
  environment: EnvironmentListing,
  home: string,
  installation: InstallationProgress | null,
): Promise<EngineStatus> {
  const { name, state: found } = environment;
  const common = { name, trains: false, probe: null, environment: environmentFacts(environment), installation };
  if (installation || found.kind === 'installing') {
    return { ...common, state: 'installing', reason: null, remedy: null };
  }
  if (found.kind !== 'ready') return { ...common, state: found.kind, ...toldOf(environment) };
  if (await wholeEnvironment(name, { home })) return { ...common, state: 'ready', reason: null, remedy: null };
  const remedy = fill(engineSentences.repair, { command: repairCommand(name) });
  return { ...common, state: 'broken', reason: engineSentences.damaged, remedy };
}

function toldOf({ name, state }: EnvironmentListing): { reason: string; remedy: string } {
  const mends = state.kind === 'missing' || state.kind === 'unfinished';
  const { itIs, install, repair } = engineSentences;
  const remedy = mends
    ? fill(install, { command: installCommand(name) })
    : fill(repair, { command: repairCommand(name) });
  return { reason: fill(itIs, { why: stateSentence(state) }), remedy };
}

function environmentFacts({ name, purpose, holds, state }: EnvironmentListing): EngineStatus['environment'] {
  const stamp = state.kind === 'ready' ? state.stamp : null;
  return {
    ...{ purpose, holds, folder: state.folder },
    ...{ python: stamp?.python ?? null, packages: { ...stamp?.installed }, bytes: stamp?.bytes ?? null },
    ...{ install: installCommand(name), repair: repairCommand(name) },
  };
}
