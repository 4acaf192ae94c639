/** What can be done with the run that is selected in the list of runs. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { Studio } from '../state/studio';
import { titled, type Action } from './action';
import {
  engineToMoveTo,
  isLiving,
  isResumable,
  openRunDesign,
  removeRun,
  resumeRun,
  showRunFolder,
  toggleBaseline,
} from './runCommands';
import { runActionStrings as words } from './runActionStrings';

function selected({ view, runs }: Studio): RunListing | null {
  const { shownRun } = view.getState();
  return runs.getState().runs?.find(({ id }) => id === shownRun) ?? null;
}

/** `fits`: of which runs it can be asked. */
function onSelected(
  id: string,
  title: Action['title'],
  work: (studio: Studio, run: RunListing) => unknown,
  fits: (run: RunListing) => boolean = () => true,
): Action {
  return {
    id,
    title,
    menu: null,
    group: 'runs',
    enabled: (studio) => {
      const run = selected(studio);
      return run !== null && fits(run);
    },
    run: async (studio) => {
      const run = selected(studio);
      if (run) await work(studio, run);
    },
  };
}

function moving(studio: Studio): string | null {
  const run = selected(studio);
  return run && engineToMoveTo(run, studio.settings.getState().settings.engine);
}

const isBaseline = (studio: Studio): boolean =>
  studio.settings.getState().settings.baselineRun === studio.view.getState().shownRun;

export const runActions: readonly Action[] = [
  onSelected(
    'runs.resume',
    titled(words, (one) => one.resume),
    (studio, { id }) => resumeRun(studio, id),
    isResumable,
  ),
  onSelected(
    'runs.openDesign',
    titled(words, (one) => one.openDesign),
    (studio, { id }) => openRunDesign(studio, id),
  ),
  onSelected(
    'runs.showFolder',
    titled(words, (one) => one.showFolder),
    (studio, { id }) => showRunFolder(studio, id),
  ),
  onSelected(
    'runs.baseline',
    (studio) => words[studio.language()][isBaseline(studio) ? 'noBaseline' : 'baseline'],
    (studio, { id }) => toggleBaseline(studio, id),
  ),
  onSelected(
    'runs.remove',
    titled(words, (one) => one.remove),
    removeRun,
    (run) => !isLiving(run),
  ),
  {
    ...onSelected(
      'runs.move',
      (studio) => words[studio.language()].resumeOn(studio.settings.getState().settings.engine),
      (studio, { id }) => resumeRun(studio, id, moving(studio)),
    ),
    offered: (studio) => moving(studio) !== null,
  },
  {
    id: 'runs.overlayNone',
    title: titled(words, (one) => one.overlayNone),
    menu: null,
    group: 'runs',
    enabled: ({ view }) => view.getState().comparedRuns.length > 0,
    run: ({ view }) => view.getState().set({ comparedRuns: [] }),
  },
];
