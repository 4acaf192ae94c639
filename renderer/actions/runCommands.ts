/** What is done to one run, from its row, from a menu or by a key. Failures are sentences at the edge of the window. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { RunState } from '../../shared/training/events';
import { openBy } from '../state/openOutcome';
import type { Studio } from '../state/studio';
import { runActionStrings } from './runActionStrings';
import { sentenceOf } from '../state/sentenceOf';

const living: ReadonlySet<RunState> = new Set(['preparing', 'running', 'paused']);

export function isLiving({ state }: Pick<RunListing, 'state'>): boolean {
  return living.has(state);
}

/** A damaged run has no engine on record, so nothing to go on with. */
export function isResumable({ state, engine }: RunListing): boolean {
  return (state === 'stopped' || state === 'interrupted') && engine !== null;
}

/** The engine that is chosen for training, where the run could be moved to it: null where it is there already. */
export function engineToMoveTo(run: RunListing, chosen: string): string | null {
  return isResumable(run) && chosen !== run.engine ? chosen : null;
}

/** `engine`: moves it to another one; null: it stays where it was. */
export async function resumeRun(studio: Studio, run: string, engine: string | null = null): Promise<void> {
  const { runs, training, view, language } = studio;
  if (training.getState().phase !== 'idle' || runs.getState().runs?.some(isLiving)) {
    view.getState().notify({ kind: 'warning', text: runActionStrings[language()].busy });
    return;
  }
  view.getState().set({ shownRun: null });
  view.getState().showDock('training');
  await training.getState().resume(run, engine);
}

export function openRunDesign(studio: Studio, run: string): Promise<void> {
  return openBy(studio, () => studio.client.request('openRunDesign', { run }));
}

export async function showRunFolder(studio: Studio, run: string): Promise<void> {
  await attempt(studio, () => studio.client.request('showRunFolder', { run }));
}

/** Moved aside, so that it can be brought back, into the overlay and as the baseline too. False where it stays. */
export async function removeRun(studio: Studio, run: RunListing): Promise<boolean> {
  const { client, view, runs, settings, language } = studio;
  const words = runActionStrings[language()];
  const { comparedRuns, shownRun } = view.getState();
  const wasBaseline = settings.getState().settings.baselineRun === run.id;
  const bringBack = (): Promise<boolean> =>
    attempt(studio, async () => {
      await client.request('restoreRun', { run: run.id });
      await runs.getState().refresh();
      if (comparedRuns.includes(run.id)) setCompared(studio, run.id, true);
      if (shownRun === run.id) view.getState().set({ shownRun });
      if (wasBaseline) settings.getState().change({ baselineRun: run.id });
    });
  return attempt(studio, async () => {
    await client.request('removeRun', { run: run.id });
    setCompared(studio, run.id, false);
    if (shownRun === run.id) view.getState().set({ shownRun: null });
    if (wasBaseline) settings.getState().change({ baselineRun: null });
    await runs.getState().refresh();
    view.getState().notify({
      kind: 'info',
      text: words.removed(run.name),
      action: { title: words.undo, run: () => void bringBack() },
    });
  });
}

export function setCompared(studio: Studio, run: string, shown: boolean): void {
  const { comparedRuns, set } = studio.view.getState();
  if (comparedRuns.includes(run) === shown) return;
  set({ comparedRuns: shown ? [...comparedRuns, run] : comparedRuns.filter((one) => one !== run) });
}

/** This one alone; all that were there before where it is alone already. */
export function soloRun(studio: Studio, run: string): void {
  const { comparedRuns, set } = studio.view.getState();
  const alone = comparedRuns.length === 1 && comparedRuns[0] === run;
  set({ comparedRuns: alone ? [] : [run], shownRun: run });
}

export function toggleBaseline(studio: Studio, run: string): void {
  const { settings, change } = studio.settings.getState();
  change({ baselineRun: settings.baselineRun === run ? null : run });
}

async function attempt(studio: Studio, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const text = sentenceOf(error);
    studio.view.getState().notify({ kind: 'error', text });
    return false;
  }
}
