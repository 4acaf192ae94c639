/** `netloom runs show ID`: configuration, curves, layers, and the judgement of every class. */
import type { ClassTable } from '../../services/runs/classTables';
import { showRun, type RunDetails } from '../../services/runs/showRun';
import type { Context } from '../context';
import { sparkline } from '../display/graphics';
import { formatCount, formatMeasure, formatNumber, formatPercent, formatSpent, localTime } from '../display/numbers';
import { cellsOf, fit, pad, table, wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export interface ShowFlags {
  json?: boolean;
  points?: number;
}

export function runsShow(id: string, flags: ShowFlags, context: Context): ExitCode {
  const run = showRun(context.home, id, { points: flags.points ?? (flags.json ? undefined : 400) });
  if (flags.json) {
    printJson(run, context);
    return exitCode.done;
  }
  const sections = [
    headLines(run, context),
    curveLines(run, context),
    layerLines(run, context),
    ...run.classTables.map((part) => classLines(part, context)),
  ];
  context.terminal.write(
    `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`,
  );
  return exitCode.done;
}

function headLines({ listing, record, result, warnings }: RunDetails, { terminal, style }: Context): string[] {
  const width = terminal.columns();
  const epochs = listing.epochs === null ? '' : `/${listing.epochs}`;
  const lines = [
    style.bold(fit(`${listing.id} · ${listing.state}`, width)),
    fit(`${listing.name} · ${localTime(listing.created)}`, width),
  ];
  if (record) {
    const parameters = formatCount(record.parameters.trainable);
    lines.push(
      fit(
        `${record.engine.id} · ${parameters} trainable parameters · seed ${record.seed} · data ${record.data.source}`,
        width,
      ),
    );
  }
  const spent = result ? ` in ${formatSpent(result.seconds)}` : '';
  lines.push(`epoch ${listing.epoch}${epochs}, ${formatCount(listing.steps)} steps${spent}`);
  for (const [part, measures] of [
    ['validation', listing.validation],
    ['test', listing.test],
  ] as const) {
    if (!measures) continue;
    const values = Object.entries(measures).map(([name, value]) => `${name} ${formatMeasure(name, value)}`);
    const epoch = part === 'validation' && listing.bestEpoch !== null ? ` (best epoch ${listing.bestEpoch})` : '';
    lines.push(`${part}${epoch}: ${values.join(', ')}`);
  }
  const reason = result?.reason ? wrap(style.amber(result.reason), width) : [];
  const notes = [listing.problem ?? '', ...warnings.map(({ message }) => message)].filter((text) => text !== '');
  return [...lines, ...reason, ...notes.flatMap((text) => wrap(style.amber(text), width))];
}

/** Scalars have the names of the log; people read words. */
function title(name: string): string {
  return { learningRate: 'learning rate', gradientNorm: 'gradient norm' }[name] ?? name;
}

function curveLines({ curves, epochs }: RunDetails, { terminal, style }: Context): string[] {
  const validation = new Set(epochs.flatMap(({ validation: measures }) => Object.keys(measures ?? {})));
  const drawn = [
    ...curves.map(({ name, values }) => ({ name, values: [...values] })),
    ...[...validation].map((name) => ({
      name: `validation ${name}`,
      values: epochs.map(({ validation: measures }) => measures?.[name] ?? NaN),
    })),
  ].filter(({ values }) => values.length > 0);
  const labels = Math.max(0, ...drawn.map(({ name }) => cellsOf(title(name))));
  const width = Math.max(8, Math.min(60, terminal.columns() - labels - 26));
  return drawn.map(({ name, values }) => {
    const [first, last] = [formatMeasure(name, values[0]), formatMeasure(name, values[values.length - 1])];
    return `${pad(title(name), labels)}  ${pad(first, 9, 'right')} ${style.blue(pad(sparkline(values, width), width))} ${last}`;
  });
}

function layerLines({ groups, layers }: RunDetails, { terminal, style }: Context): string[] {
  if (groups.length === 0) return [];
  const newest = new Map(layers.map((layer) => [layer.path, layer]));
  const columns = [
    { title: 'layer', shrinks: true },
    { title: 'kind' },
    { title: 'weights', align: 'right' as const },
    { title: 'gradient norm', align: 'right' as const },
    { title: 'update/weight', align: 'right' as const },
  ];
  const rows = groups.map(({ name, path, layer, elements }) => {
    const measured = newest.get(path);
    return [
      name,
      layer,
      formatCount(elements),
      formatNumber(measured?.gradientNorm),
      formatNumber(measured?.updateRatio),
    ];
  });
  const [titles = '', ...lines] = table(columns, rows, terminal.columns());
  return [style.faint(titles), ...lines];
}

/** Precision, recall and F1 of each class, then the confusion matrix with the actual class down the side. */
function classLines({ head, part, classes, confusion }: ClassTable, { terminal, style }: Context): string[] {
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const columns = [{ title: 'class', shrinks: true }, ...['precision', 'recall', 'F1', 'samples'].map(right)];
  const rows = classes.map(({ name, precision, recall, f1, support }) => {
    return [name, formatPercent(precision), formatPercent(recall), formatPercent(f1), formatCount(support)];
  });
  const [titles = '', ...lines] = table(columns, rows, terminal.columns());
  const names = classes.map(({ name }) => name);
  const cells = confusion.map((row, actual) => [
    names[actual] ?? '',
    ...row.map((count) => (count === 0 ? '·' : String(count))),
  ]);
  const matrix = table([{ title: 'actual ↓' }, ...names.map(right)], cells, Infinity);
  const fits = matrix.every((line) => cellsOf(line) <= terminal.columns());
  const wide = [
    style.faint(
      `The confusion matrix of ${names.length} classes is wider than this terminal: use --json, or widen it.`,
    ),
  ];
  return [style.bold(`${head}, ${part} part`), style.faint(titles), ...lines, '', ...(fits ? matrix : wide)];
}
