/** `netloom check FILE`: the layer table, totals, and every diagnostic with its repairs. */
import { FileProblem } from '../../files/fileProblem';
import { checkDesign, type CheckReport, type DiagnosticRow } from '../../services/designs/checkDesign';
import type { Setting } from '../../../shared/design/settings';
import { readSetting } from '../../services/designs/applySettings';
import type { Context } from '../context';
import { formatCount } from '../display/numbers';
import { table } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { diagnosticLines, printJson, reportProblem } from '../report';

export interface CheckFlags {
  json?: boolean;
  set: string[];
}

export async function check(file: string, flags: CheckFlags, context: Context): Promise<ExitCode> {
  const settings = flags.set.map(readSetting);
  if (flags.json) return checkJson(file, settings, context);
  const report = await checkDesign(file, { home: context.home, settings });
  context.terminal.write(`${reportLines(file, report, context).join('\n')}\n`);
  return report.ok ? exitCode.done : exitCode.failed;
}

/** A script gets the same document always: a file that cannot be read is a diagnostic in it. */
async function checkJson(file: string, settings: readonly Setting[], context: Context): Promise<ExitCode> {
  try {
    const report = await checkDesign(file, { home: context.home, settings });
    printJson(report, context);
    return report.ok ? exitCode.done : exitCode.failed;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { code, message } = error;
    const diagnostics: DiagnosticRow[] = [{ code, severity: 'error', node: null, param: null, message, repairs: [] }];
    const total = { trainable: 0, nonTrainable: 0, macs: 0 };
    printJson({ ok: false, diagnostics, layers: [], total } satisfies CheckReport, context);
    return reportProblem(error, context);
  }
}

function reportLines(file: string, report: CheckReport, context: Context): string[] {
  const { style, terminal } = context;
  const { layers, total, diagnostics } = report;
  const row = (
    id: string,
    layer: string,
    output: string,
    counts: { trainable: number; nonTrainable: number; macs: number },
  ): string[] => {
    const number = (count: number): string => (count === 0 ? '·' : formatCount(count));
    return [id, layer, output, number(counts.trainable), number(counts.nonTrainable), number(counts.macs)];
  };
  const columns = [
    { title: 'node', shrinks: true },
    { title: 'layer', shrinks: true },
    { title: 'output', shrinks: true },
    { title: 'trainable', align: 'right' as const },
    { title: 'non-trainable', short: 'fixed', align: 'right' as const },
    { title: 'MACs', align: 'right' as const },
  ];
  const rows = layers.map((layer) => row(layer.id, layer.layer, layer.output, layer));
  const [titles = '', ...lines] = table(columns, [...rows, row('total', '', '', total)], terminal.columns());
  const last = lines.pop() ?? '';
  const shown = layers.length > 0 ? [style.faint(titles), ...lines, style.bold(last), ''] : [];
  const problems = diagnostics.flatMap((entry) => diagnosticLines(entry, context));
  return [...shown, ...problems, ...(problems.length > 0 ? [''] : []), verdict(file, report, context)];
}

function verdict(file: string, { diagnostics, ok }: CheckReport, { style }: Context): string {
  const count = (severity: string): number => diagnostics.filter((row) => row.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const plural = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;
  if (!ok) return style.red(`${file}: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`);
  return warnings > 0
    ? style.amber(`ready to train, with ${plural(warnings, 'warning')}`)
    : style.green('ready to train');
}
