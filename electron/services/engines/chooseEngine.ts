/** `auto`: the engine on which this very design is fastest, found by a few steps of it on each, and remembered. */
import type { Design } from '../../../shared/design/schema';
import type { Json } from '../../../shared/messages/define';
import { stepTime } from '../../../shared/training/stepTime';
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';
import { openTrainer, type SpawnTrainer } from '../training/trainerHost';
import { engineIds, offeredEngines } from './probeEngines';
import { recallChoice, rememberChoice, type EngineTrial } from './rememberedChoices';
import { designKey, enginesKey } from './speedKey';
import { within } from './within';

export interface EngineChoice {
  engine: string;
  /** In the order in which engines are listed. */
  trials: readonly EngineTrial[];
  /** Measured another time, for the same design and the same engines. */
  remembered: boolean;
}

export interface ChooseOptions {
  home: string;
  spawn: SpawnTrainer;
  design: Design;
  /** Prepared. */
  data: { folder: string; hash: string };
  signal?: AbortSignal;
  /** Told before each engine is tried. */
  onTrial?: (engine: string) => void;
  /** Which engines there are; all that are offered unless told. */
  engines?: readonly string[];
  limits?: Partial<TrialLimits>;
}

export interface TrialLimits {
  /** Opening an engine loads its library, which is no part of its speed. */
  openMilliseconds: number;
  /** All steps of all engines together. */
  stepMilliseconds: number;
  /** Of steps that are timed, an engine. */
  seconds: number;
}

const usualLimits: TrialLimits = { openMilliseconds: 90_000, stepMilliseconds: 10_000, seconds: 1 };

interface Tried extends EngineTrial {
  /** It could be opened: it works, whether or not it was measured. */
  works: boolean;
  accelerated: boolean;
  /** What kept it from being measured may be gone another time. */
  passing: boolean;
}

/** Throws `ServiceProblem` engine-unavailable where no engine works, `FileProblem` cancelled after an abort. */
export async function chooseEngine(options: ChooseOptions): Promise<EngineChoice> {
  const { home, spawn, design, data } = options;
  const ids = options.engines ?? offeredEngines(await engineIds(spawn));
  const name = { design: designKey(design, data.hash), engines: `${enginesKey(home)} ${ids.join(' ')}` };
  const known = recallChoice(home, name);
  if (known) return { engine: known.engine, trials: known.trials, remembered: true };
  const tried = await tryAll(ids, options);
  const engine = fastest(tried);
  const trials = tried.map(({ engine: id, milliseconds, device, problem }) => ({
    ...{ engine: id, milliseconds, device, problem },
  }));
  if (!tried.some(({ passing }) => passing)) rememberChoice(home, name, { engine, trials });
  return { engine, trials, remembered: false };
}

/** One after the other, since two would time each other, the default last: alone, it needs no measurement. */
async function tryAll(ids: readonly string[], options: ChooseOptions): Promise<Tried[]> {
  const tried: Tried[] = [];
  const share = { ...usualLimits, ...options.limits }.stepMilliseconds / Math.max(1, ids.length);
  for (const id of [...ids].reverse()) {
    const alone = tried.length === ids.length - 1 && !tried.some(({ works }) => works);
    options.onTrial?.(id);
    tried.unshift(await tryOne(id, alone ? null : share, options));
  }
  return tried;
}

/** `share`: milliseconds for its steps; null: whether it opens is enough. */
async function tryOne(
  engine: string,
  share: number | null,
  { spawn, design, data, signal, limits }: ChooseOptions,
): Promise<Tried> {
  const { openMilliseconds, seconds } = { ...usualLimits, ...limits };
  const plain = JSON.parse(JSON.stringify(design)) as Json;
  const tried: Tried = {
    ...{ engine, milliseconds: null, device: null, problem: null },
    ...{ works: false, accelerated: false, passing: false },
  };
  const host = await openTrainer(spawn);
  try {
    const { folder, hash } = data;
    const opening = host.request('warm', { design: plain, data: { folder, hash }, engine });
    const { device, accelerated } = await within(openMilliseconds, opening, signal);
    Object.assign(tried, { works: true, device, accelerated });
    if (share === null) return tried;
    const { milliseconds } = await within(share, host.request('measure', { seconds }), signal);
    return { ...tried, milliseconds };
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'cancelled') throw error;
    const problem = error instanceof Error ? error.message : String(error);
    const missing = error instanceof ServiceProblem && error.code === 'engine-unavailable';
    return { ...tried, problem, passing: !missing };
  } finally {
    await host.close();
  }
}

/** Where no step was timed: what has a GPU before what has none, else the default. */
function fastest(tried: readonly Tried[]): string {
  const timed = tried.filter(({ milliseconds }) => milliseconds !== null);
  const best = [...timed].sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0))[0];
  const working = tried.filter(({ works }) => works);
  const chosen = best ?? working.find(({ accelerated }) => accelerated) ?? working[0];
  if (chosen) return chosen.engine;
  const reasons = tried.map(({ engine, problem }) => `${engine}: ${problem ?? 'it does not work'}`);
  throw new ServiceProblem('engine-unavailable', `No engine can train this design here. ${reasons.join(' ')}`);
}

/** "auto: pytorch, 4.1 ms a step; wasm 22 ms". */
export function choiceSentence({ engine, trials, remembered }: EngineChoice): string {
  const chosen = trials.find((trial) => trial.engine === engine);
  const others = trials.filter((trial) => trial.engine !== engine && trial.milliseconds !== null);
  const when = remembered ? ' (as measured before)' : '';
  if (!chosen || chosen.milliseconds === null) {
    const why = chosen?.problem === null ? 'the only engine that works here' : 'no engine finished a step in time';
    return `auto: ${engine}, ${why}${when}`;
  }
  const told = [...others]
    .sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0))
    .map((trial) => `; ${trial.engine} ${stepTime(trial.milliseconds ?? 0)}`);
  return `auto: ${engine}, ${stepTime(chosen.milliseconds)} a step${told.join('')}${when}`;
}
