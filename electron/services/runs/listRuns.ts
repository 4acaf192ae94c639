/** `runs list`: every run folder there is, whole or not, newest first. */
import { join } from 'node:path';
import type { EpochSummary, Measures, RunEvent, RunState } from '../../../shared/training/events';
import { runsFolder } from '../../files/home';
import { runIds } from './findRun';
import { readRun, type FoundRun } from './readRun';

export interface RunListing {
  id: string;
  folder: string;
  state: RunState;
  /** The design's name; the id where `run.json` is missing. */
  name: string;
  /** ISO 8601, UTC; the day from the folder's name where `run.json` is missing. */
  created: string;
  engine: string | null;
  /** What it computed on. */
  device: string | null;
  /** Whole epochs done, of how many. */
  epoch: number;
  epochs: number | null;
  steps: number;
  bestEpoch: number | null;
  /** Measures of the best epoch, and of the test part once it was judged. */
  validation: Measures | null;
  test: Measures | null;
  /** Of training, over all sessions, as far as epochs were finished. */
  seconds: number;
  /** Why it failed, or what is wrong with the folder, as sentences; null where nothing is. */
  problem: string | null;
}

/** `text` is matched anywhere in id and name, without regard to case. */
export interface RunFilter {
  text?: string;
  states?: readonly RunState[];
}

/** Never throws for a damaged run: it is listed with its problem. */
export function listRuns(home: string, filter: RunFilter = {}): RunListing[] {
  const wanted = filter.text?.toLowerCase() ?? '';
  const listings = runIds(home).map((id) => listingOf(readRun(id, join(runsFolder(home), id), { layers: false })));
  return newestFirst(
    listings.filter(({ id, name, state }) => {
      const named = `${id}\n${name}`.toLowerCase().includes(wanted);
      return named && (filter.states?.includes(state) ?? true);
    }),
  );
}

export function newestFirst(listings: readonly RunListing[]): RunListing[] {
  return [...listings].sort((a, b) => compareTexts(b.created, a.created) || compareTexts(b.id, a.id));
}

export function listingOf(run: FoundRun): RunListing {
  const { id, folder, record, history, state, result, problems } = run;
  const epochs = history?.epochs ?? [];
  const best = bestEpoch(epochs);
  const sentences = [...(result?.state === 'failed' && result.reason ? [result.reason] : []), ...problems];
  return {
    id,
    folder,
    state,
    name: record?.name || id,
    created: record?.created ?? dayOf(id),
    engine: record?.engine.id ?? null,
    device: record?.engine.device ?? null,
    epoch: epochs[epochs.length - 1]?.epoch ?? 0,
    epochs: record?.training.epochs ?? null,
    steps: history?.scalars.steps ?? 0,
    bestEpoch: best?.epoch ?? null,
    validation: best?.validation ?? null,
    test: testMeasures(history?.events ?? []),
    seconds: epochs.reduce((sum, { seconds }) => sum + seconds, 0),
    problem: sentences.length > 0 ? sentences.join(' ') : null,
  };
}

/** The last one that was better than all before. */
export function bestEpoch(epochs: readonly EpochSummary[]): EpochSummary | null {
  return [...epochs].reverse().find(({ best }) => best) ?? null;
}

function testMeasures(events: readonly RunEvent[]): Measures | null {
  for (const event of [...events].reverse()) {
    if (event.event === 'evaluation' && event.evaluation.part === 'test') return event.evaluation.measures;
  }
  return null;
}

function dayOf(id: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(id)?.[0] ?? '';
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
