/** What a window may ask about runs: the list, curves, comparison, samples and predictions. */
import { join } from 'node:path';
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { DataConfig } from '../../../shared/training/config';
import type { DataPlaces } from '../../services/data/dataSource';
import { removeRun, restoreRun } from '../../services/runs/removeRun';
import { findRun } from '../../services/runs/findRun';
import { judgePart } from '../../services/training/judgePart';
import { predictSample } from '../../services/training/predictSample';
import type { StudioContext } from '../studioContext';
import { placesOf } from './dataHandlers';

type Asked =
  | 'runs'
  | 'runDetails'
  | 'runSeries'
  | 'compareRuns'
  | 'removeRun'
  | 'restoreRun'
  | 'showRunFolder'
  | 'confusionSamples'
  | 'runSamples'
  | 'predict';

const living = new Set(['preparing', 'running', 'paused']);

export function runHandlers(context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { home, mirror, reader, spawn, system, training } = context;

  async function dataOf(run: string): Promise<{ data: DataConfig; places: DataPlaces }> {
    const { data, designFile } = await reader.request('runDesign', { home, run });
    return { data, places: placesOf(context, designFile) };
  }

  return {
    async runs() {
      const { runs } = await reader.request('runs', { home });
      const own = training.active()?.run;
      // Somebody else trains, in a terminal: nothing tells when that goes on.
      if (runs.some(({ id, state }) => id !== own && living.has(state))) context.runs.soon();
      return { runs };
    },
    runDetails: ({ run, buckets }) => reader.request('runDetails', { home, run, buckets }),
    runSeries: (request) => reader.request('runSeries', { home, ...request }),
    compareRuns: (request) => reader.request('compareRuns', { home, ...request }),
    removeRun({ run }) {
      removeRun(home, run);
      context.runs.changed();
      return {};
    },
    restoreRun({ run }) {
      restoreRun(home, run);
      context.runs.changed();
      return {};
    },
    showRunFolder({ run }) {
      system.showFolder(join(findRun(home, run).folder, 'run.json'));
      return {};
    },
    async confusionSamples({ run, part, ...cell }) {
      const where = await dataOf(run);
      const predictions = await judgePart({ home, spawn, run, part, mirror });
      return reader.request('confusionSamples', { ...where, part, predictions, ...cell });
    },
    async runSamples({ run, part, indices }) {
      return reader.request('dataSamples', { ...(await dataOf(run)), part, indices });
    },
    predict: ({ run, index }) => predictSample({ home, spawn, run, sample: { index }, mirror }),
  };
}
