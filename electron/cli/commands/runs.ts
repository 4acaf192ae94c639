/** `netloom runs list | rm | restore`: what has been trained on this machine. */
import type { RunState } from '../../../shared/training/events';
import { listRuns, type RunListing } from '../../services/runs/listRuns';
import { removeRun, restoreRun } from '../../services/runs/removeRun';
import type { Context } from '../context';
import { formatMeasure } from '../display/numbers';
import { cellsOf, table, wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export interface ListFlags {
  json?: boolean;
  filter?: string;
  state?: string[];
}

export function runsList(flags: ListFlags, context: Context): ExitCode {
  const { terminal, style } = context;
  const runs = listRuns(context.home, { text: flags.filter, states: flags.state as RunState[] | undefined });
  if (flags.json) {
    printJson({ runs }, context);
    return exitCode.done;
  }
  if (runs.length === 0) {
    const start = 'npx netloom train assets/designs/digits-cnn.netloom';
    terminal.write(flags.filter || flags.state ? 'No run matches.\n' : `No runs yet. Train one with: ${start}\n`);
    return exitCode.done;
  }
  const [titles = '', ...lines] = listTable(runs, terminal.columns());
  terminal.write(`${[style.faint(titles), ...lines].join('\n')}\n`);
  for (const { id, problem } of runs) {
    if (problem) terminal.write(`${style.amber(wrap(`${id}: ${problem}`, terminal.columns(), '  ').join('\n'))}\n`);
  }
  return exitCode.done;
}

interface ListColumn {
  title: string;
  align?: 'right';
  cell: (run: RunListing) => string;
}

/** The most important columns first: the last ones give way, because an id that is cut cannot be used. */
const listColumns: readonly ListColumn[] = [
  { title: 'run', cell: ({ id }) => id },
  { title: 'state', cell: ({ state }) => state },
  { title: 'validation', align: 'right', cell: ({ validation }) => mainMeasure(validation) },
  { title: 'test', align: 'right', cell: ({ test }) => mainMeasure(test) },
  { title: 'engine', cell: ({ engine }) => engine ?? '–' },
  {
    title: 'epochs',
    align: 'right',
    cell: ({ epoch, epochs }) => (epochs === null ? String(epoch) : `${epoch}/${epochs}`),
  },
];

function listTable(runs: readonly RunListing[], width: number): string[] {
  for (let count = listColumns.length; ; count--) {
    const columns = listColumns.slice(0, count);
    const rows = runs.map((run) => columns.map(({ cell }) => cell(run)));
    const whole = table(columns, rows, Infinity);
    if (count === 2 || whole.every((line) => cellsOf(line) <= width)) return table(columns, rows, width);
  }
}

/** The measure people ask for first: accuracy where there is one, else the loss. */
function mainMeasure(measures: RunListing['validation']): string {
  if (!measures) return '–';
  const name = Object.keys(measures).find((key) => /accuracy$/i.test(key));
  return name ? formatMeasure(name, measures[name]) : `loss ${formatMeasure('loss', measures.loss)}`;
}

export function runsRemove(ids: readonly string[], flags: { json?: boolean }, context: Context): ExitCode {
  const removed = ids.map((id) => removeRun(context.home, id));
  if (flags.json) printJson({ removed }, context);
  for (const { id } of flags.json ? [] : removed) {
    context.terminal.write(`Removed ${id}. Undo with: npx netloom runs restore ${id}\n`);
  }
  return exitCode.done;
}

export function runsRestore(id: string, context: Context): ExitCode {
  const restored = restoreRun(context.home, id);
  context.terminal.write(`Restored ${restored.id} to ${restored.folder}.\n`);
  return exitCode.done;
}
