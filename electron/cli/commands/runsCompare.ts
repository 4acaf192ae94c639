/** `netloom runs compare ID ID ...`: what differs between runs, and their curves side by side. */
import { ServiceProblem } from '../../services/serviceProblem';
import { compareRuns, type Comparison } from '../../services/runs/compareRuns';
import type { Context } from '../context';
import { foldDifferences } from '../display/foldDifferences';
import { sparkline } from '../display/graphics';
import { formatMeasure } from '../display/numbers';
import { fit, pad, table } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export function runsCompare(ids: readonly string[], flags: { json?: boolean }, context: Context): ExitCode {
  if (ids.length < 2) throw new ServiceProblem('setting-invalid', 'To compare, name two runs or more.');
  const comparison = compareRuns(context.home, ids);
  if (flags.json) printJson(comparison, context);
  else
    context.terminal.write(
      `${[...differenceLines(comparison, context), '', ...curveLines(comparison, context)].join('\n')}\n`,
    );
  return exitCode.done;
}

function differenceLines({ runs, differences }: Comparison, { terminal, style }: Context): string[] {
  if (differences.length === 0) return ['The configurations do not differ.'];
  const columns = [{ title: 'what differs', shrinks: true }, ...runs.map(({ id }) => ({ title: id, shrinks: true }))];
  const rows = foldDifferences(differences).map(({ title, values }) => [title, ...values]);
  const [titles = '', ...lines] = table(columns, rows, terminal.columns());
  return [style.faint(titles), ...lines];
}

/** Under each measure a line a run: its curve over the epochs, all on one scale, the best value and the last. */
function curveLines({ runs, curves }: Comparison, { terminal, style }: Context): string[] {
  const labels = Math.min(36, Math.max(...runs.map(({ id }) => id.length)));
  const width = Math.max(8, Math.min(60, terminal.columns() - labels - 34));
  return curves.flatMap(({ name, values }) => [
    style.bold(name),
    ...values.map((own, index) => {
      const numbers = upToLast(own).map((value) => value ?? NaN);
      const finite = numbers.filter(Number.isFinite);
      // As many cells for an epoch in every run, and the same height for the same value.
      const cells = Math.round((Math.min(width, own.length) * numbers.length) / Math.max(1, own.length));
      const curve = sparkline(numbers, cells, values.flat());
      const best = /loss/i.test(name) ? Math.min(...finite) : Math.max(...finite);
      const last = finite[finite.length - 1];
      const label = pad(fit(runs[index]?.id ?? '', labels), labels);
      const facts =
        finite.length > 0 ? `best ${formatMeasure(name, best)} · last ${formatMeasure(name, last)}` : 'no values';
      return `  ${label} ${style.blue(pad(curve, width))} ${facts}`;
    }),
  ]);
}

/** Without the epochs that this run did not come to. */
function upToLast(values: readonly (number | null)[]): (number | null)[] {
  const last = values.reduce<number>((found, value, at) => (value === null ? found : at), -1);
  return values.slice(0, last + 1);
}
