/** How an epoch and a run ended, as text: each fact on a line of its own, labels aligned. */
import type { EpochSummary, Measures, RunResult } from '../../../shared/training/events';
import type { Training } from '../../services/training/training';
import { formatCount, formatMeasure, formatSpent } from './numbers';
import { pad } from './table';

function measuresText(measures: Measures): string {
  return Object.entries(measures)
    .map(([name, value]) => `${name} ${formatMeasure(name, value)}`)
    .join(', ');
}

export function epochLine(summary: EpochSummary, epochs: number): string {
  const train = measuresText(summary.train);
  const validation = summary.validation ? ` · validation ${measuresText(summary.validation)}` : '';
  const best = summary.best ? ' · best so far' : '';
  return `epoch ${summary.epoch}/${epochs}: ${train}${validation}${best} (${formatSpent(summary.seconds)})`;
}

/** Why it ended, the best epoch, the test part, where the run is, and what to type next. */
export function resultLines(result: RunResult, training: Pick<Training, 'run' | 'folder'> | null): string[] {
  const { state, epochs, steps, seconds, reason, bestEpoch, validation, test, notFinite } = result;
  const spent = `${plural(epochs, 'epoch')}, ${plural(steps, 'step')}, ${formatSpent(seconds)}`;
  const rows: [string, string][] = [];
  if (validation) {
    rows.push(['validation', measuresText(validation) + (bestEpoch === null ? '' : ` (epoch ${bestEpoch}, the best)`)]);
  }
  if (test) rows.push(['test', measuresText(test)]);
  if (training) {
    rows.push(['run', training.folder], ['see it', `npx netloom runs show ${training.run}`]);
    // Numbers that are not finite would come again; a full disk need not.
    if (state === 'stopped' || (state === 'failed' && !notFinite))
      rows.push(['go on', `npx netloom resume ${training.run}`]);
  }
  // That a stopped run was stopped is said already.
  const why = reason && state !== 'stopped' ? `: ${reason}` : '';
  return [`${state} after ${spent}${why}`, ...rows.map(([label, text]) => `${pad(label, 10)} ${text}`)];
}

function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
