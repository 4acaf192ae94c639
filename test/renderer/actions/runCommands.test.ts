/** What is done to a run from its row: deleted with a way back, taken up again, pinned, shown alone; failures are said. */
import { describe, expect, it } from 'vitest';
import {
  engineToMoveTo,
  isResumable,
  openRunDesign,
  removeRun,
  resumeRun,
  setCompared,
  soloRun,
  toggleBaseline,
} from '../../../renderer/actions/runCommands';
import { actionById, runAction } from '../../../renderer/actions/allActions';
import { runColour } from '../../../renderer/state/runColours';
import type { RunListing } from '../../../shared/ipc/studio/runSchemas';
import { someRun } from '../compare/someRun';
import { answered, fakeStudio, openedDocument, type FakeStudio } from '../fakeStudio';

/** A main process that keeps runs, and can delete them and bring them back. */
async function studioWith(listed: readonly RunListing[]): Promise<FakeStudio> {
  const gone = new Set<string>();
  const fake = fakeStudio({
    runs: () => ({ runs: listed.filter(({ id }) => !gone.has(id)) }),
    removeRun: ({ run }) => {
      if (listed.find(({ id }) => id === run)?.name === 'locked') throw new Error('The folder is in use.');
      gone.add(run);
      return {};
    },
    restoreRun: ({ run }) => {
      gone.delete(run);
      return {};
    },
    openRunDesign: () => ({ outcome: 'opened', document: openedDocument(undefined, { origin: 'run', file: null }) }),
  });
  await fake.studio.runs.getState().refresh();
  return fake;
}

const [a, b] = [someRun({ id: 'a', name: 'first' }), someRun({ id: 'b', state: 'interrupted' })] as const;

describe('a deleted run', () => {
  it('leaves list, overlay and baseline, and comes back to all of them when the user says undo', async () => {
    const { studio } = await studioWith([a, b]);
    setCompared(studio, 'b', true);
    setCompared(studio, 'a', true);
    toggleBaseline(studio, 'a');
    studio.view.getState().set({ shownRun: 'a' });
    await removeRun(studio, a);
    expect(studio.runs.getState().runs?.map(({ id }) => id)).toEqual(['b']);
    expect(studio.view.getState()).toMatchObject({ comparedRuns: ['b'], shownRun: null });
    expect(studio.settings.getState().settings.baselineRun).toBeNull();
    const [notice] = studio.view.getState().notices;
    expect(notice?.text).toBe('"first" was deleted.');
    notice?.action?.run();
    await answered();
    expect(studio.runs.getState().runs?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(studio.view.getState()).toMatchObject({ comparedRuns: ['b', 'a'], shownRun: 'a' });
    expect(studio.settings.getState().settings.baselineRun).toBe('a');
  });

  it('that cannot be deleted stays, and the user reads why', async () => {
    const locked = someRun({ id: 'c', name: 'locked' });
    const { studio } = await studioWith([locked]);
    studio.view.getState().set({ shownRun: 'c', comparedRuns: ['c'] });
    await removeRun(studio, locked);
    expect(studio.view.getState().notices.map(({ kind, text }) => [kind, text])).toEqual([
      ['error', 'The folder is in use.'],
    ]);
    expect(studio.view.getState()).toMatchObject({ shownRun: 'c', comparedRuns: ['c'] });
  });
});

describe('taking a run up again', () => {
  it('is possible where it was stopped or broke off, and its record is whole', () => {
    expect(isResumable(b)).toBe(true);
    expect(isResumable(someRun({ state: 'stopped' }))).toBe(true);
    expect(isResumable(someRun({ state: 'interrupted', engine: null }))).toBe(false);
    expect(['running', 'finished', 'failed'].some((state) => isResumable(someRun({ state: state as 'running' })))).toBe(
      false,
    );
  });

  it('shows it in the training tab', async () => {
    const { studio, asked } = await studioWith([a, b]);
    await resumeRun(studio, 'b');
    expect(asked('resume')).toEqual([{ run: 'b', engine: null }]);
    expect(studio.view.getState().dockTab).toBe('training');
  });

  it('moves it to the engine that is chosen, where that is another one', async () => {
    const { studio, asked } = await studioWith([a, b]);
    const choose = (engine: string): void => studio.settings.getState().change({ engine });
    studio.view.getState().set({ shownRun: 'b' });
    const move = actionById('runs.move')!;
    choose('wasm');
    expect([b.engine, move.offered?.(studio)]).toEqual(['wasm', false]);
    choose('auto');
    expect(move.title(studio)).toBe('Resume the selected run on the fastest engine');
    choose('pytorch');
    expect(move.offered?.(studio)).toBe(true);
    expect(move.title(studio)).toBe('Resume the selected run on pytorch');
    await runAction(move, studio);
    expect(asked('resume')).toEqual([{ run: 'b', engine: 'pytorch' }]);
    expect(engineToMoveTo(a, 'pytorch')).toBeNull();
  });

  it('waits for the run that is being trained elsewhere, and says so', async () => {
    const { studio, asked } = await studioWith([b, someRun({ id: 'c', state: 'running' })]);
    await resumeRun(studio, 'b');
    expect(asked('resume')).toEqual([]);
    expect(studio.view.getState().notices[0]?.text).toContain('Another run is being trained');
  });
});

describe('what is seen of a run', () => {
  it('alone is alone, and nothing is overlaid when it is said twice', async () => {
    const { studio } = await studioWith([a, b]);
    setCompared(studio, 'a', true);
    setCompared(studio, 'a', true);
    setCompared(studio, 'b', true);
    expect(studio.view.getState().comparedRuns).toEqual(['a', 'b']);
    soloRun(studio, 'b');
    expect(studio.view.getState()).toMatchObject({ comparedRuns: ['b'], shownRun: 'b' });
    soloRun(studio, 'b');
    expect(studio.view.getState().comparedRuns).toEqual([]);
  });

  it('has its own colour as soon as it is listed, oldest first', async () => {
    const { studio } = await studioWith([a, b]);
    const { runColours } = studio.settings.getState().settings;
    expect([runColour(runColours, 'b'), runColour(runColours, 'a')]).toEqual(['var(--run-1)', 'var(--run-2)']);
  });

  it('is its design too, as a drawing without a file', async () => {
    const { studio } = await studioWith([a]);
    await openRunDesign(studio, 'a');
    expect(studio.document.getState()).toMatchObject({ key: 'k', file: null, origin: 'run' });
  });
});

describe('actions on the selected run', () => {
  it('can be done where they fit it, and not without one', async () => {
    const { studio, asked } = await studioWith([a, b]);
    const can = (id: string): boolean | undefined => actionById(id)?.enabled?.(studio);
    expect([can('runs.remove'), can('runs.resume'), can('runs.overlayNone')]).toEqual([false, false, false]);
    studio.view.getState().set({ shownRun: 'a' });
    expect([can('runs.remove'), can('runs.resume')]).toEqual([true, false]);
    studio.view.getState().set({ shownRun: 'b', comparedRuns: ['b'] });
    expect([can('runs.resume'), can('runs.overlayNone')]).toEqual([true, true]);
    const baseline = actionById('runs.baseline');
    if (!baseline) throw new Error('runs.baseline is not listed');
    const before = baseline.title(studio);
    await runAction(baseline, studio);
    expect(studio.settings.getState().settings.baselineRun).toBe('b');
    expect(baseline.title(studio)).not.toBe(before);
    const folder = actionById('runs.showFolder');
    if (folder) await runAction(folder, studio);
    expect(asked('showRunFolder')).toEqual([{ run: 'b' }]);
  });
});
