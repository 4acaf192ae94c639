/** `netloom export FILE --to TARGET --out DIR`: takes a design away as code, and proves it where that is asked for. */
import { exportTargets } from '../../../shared/codegen/exportTargets';
import type { ExportTarget } from '../../../shared/codegen/exportTarget';
import type { Target } from '../../../shared/ir/emit/emission';
import { exportDesign, type ExportResult } from '../../services/export/exportDesign';
import { worstOf } from '../../services/export/verifiedFile';
import { verifyExported } from '../../services/export/verifyExported';
import type { Check, Difference } from '../../services/export/verifyChecks';
import type { Verified } from '../../services/export/verifyExports';
import { runnerFor } from '../../services/export/verifyRunner';
import type { Context } from '../context';
import { liveArea } from '../display/liveArea';
import { formatNumber } from '../display/numbers';
import { table, wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export interface ExportFlags {
  to: Target;
  out: string;
  run?: string;
  verify?: boolean;
  force?: boolean;
  opset?: number;
  json?: boolean;
}

const steps = {
  data: 'preparing data',
  code: 'writing code',
  write: 'writing the folder',
  engine: 'computing with the engine',
  run: 'running the exported code',
};

export async function exportCode(file: string, flags: ExportFlags, context: Context): Promise<ExitCode> {
  const { home, places, onInterrupt } = context;
  const target = exportTargets[flags.to];
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  const area = liveArea(context.terminal);
  const onStep = (step: keyof typeof steps): void => area.draw([`${steps[step]} …`]);
  try {
    const { run = null, force, opset, out } = flags;
    const exported = await exportDesign({
      ...{ home, file, target, to: out, run, force, opset, mirror: places.mirror },
      onStep: flags.json ? undefined : onStep,
    });
    area.draw([]);
    tellExported(exported, target, flags, context);
    if (!flags.verify) return exitCode.done;
    const runner = await runnerFor(target.target, { home, signal: abort.signal, script: context.runExported });
    const verified = await verifyExported(exported, target, {
      ...{ spawn: context.spawn, run: runner },
      onStep: flags.json ? undefined : onStep,
    });
    area.draw([]);
    tellVerified(verified, target, flags, context);
    return verified.ok ? exitCode.done : exitCode.failed;
  } finally {
    area.draw([]);
    area.close();
    release();
  }
}

function tellExported(exported: ExportResult, { title }: ExportTarget, flags: ExportFlags, context: Context): void {
  const { folder, files, bytes, values, dataLeftOut } = exported;
  if (flags.json) {
    const weights = values.origin;
    printJson({ event: 'exported', target: flags.to, folder, files, bytes, weights, dataLeftOut }, context);
    return;
  }
  const { terminal, style } = context;
  const { origin } = values;
  const from = origin.kind === 'run' ? `weights of the run ${origin.run}` : `first weights, seed ${origin.seed}`;
  terminal.write(`${style.green(`${title}: ${folder}`)}\n`);
  terminal.write(`  ${files.length} files, ${megabytes(bytes)}; ${from}\n`);
  if (dataLeftOut) {
    const { bytes: size, largest } = dataLeftOut;
    const text = `The data have ${megabytes(size)}, more than the ${megabytes(largest)} that are put beside code: README.md says how to put them there.`;
    terminal.write(`${wrap(text, terminal.columns()).map(style.amber).join('\n')}\n`);
  }
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function tellVerified(verified: Verified, { title }: ExportTarget, flags: ExportFlags, context: Context): void {
  const { ok, checks, error, versions, folder } = verified;
  if (flags.json) {
    const worst = checks.length > 0 ? worstOf(checks) : null;
    printJson({ event: 'verified', ok, folder, error, worst, checks, versions }, context);
    return;
  }
  const { terminal, style } = context;
  if (error !== null) {
    const text = `The exported code failed: ${error}`;
    terminal.write(`${wrap(text, terminal.columns()).map(style.red).join('\n')}\n`);
    return;
  }
  const rows = checks.map((check) => [check.ok ? '✓' : '✗', check.kind, String(check.compared), worstText(check)]);
  const columns = [
    { title: '' },
    { title: 'compared' },
    { title: 'tensors', align: 'right' as const },
    { title: 'worst, of what is allowed', shrinks: true },
  ];
  terminal.write(`${table(columns, rows, terminal.columns()).join('\n')}\n`);
  const failures = checks.flatMap(({ kind, failed }) => failed.map((each) => `${kind}: ${differenceText(each)}`));
  for (const line of failures) terminal.write(`${wrap(line, terminal.columns(), '  ').map(style.red).join('\n')}\n`);
  const libraries = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const verdict = ok
    ? style.green(`verified: ${title} computes the same as the engine (${libraries.join(', ')})`)
    : style.red(`not the same: what is named above differs between ${title} and the engine`);
  terminal.write(`${verdict}\n`);
}

function worstText({ worst, notes }: Check): string {
  if (!worst) return notes[0] ?? 'nothing to compare';
  const share = Number.isFinite(worst.ratio) ? `${formatNumber(100 * worst.ratio)} %` : 'beyond it';
  const said = worst.ratio === 0 ? 'equal' : `${share} ${placeOf(worst)}`;
  return [said, ...notes].join('; ');
}

function differenceText(difference: Difference): string {
  const { what, difference: off, allowed } = difference;
  const place = placeOf(difference);
  return what ? `${place} ${what}` : `${place} differs by ${formatNumber(off)}; ${formatNumber(allowed)} is allowed`;
}

function placeOf({ node, tensor, batch }: Difference): string {
  const name = node !== null && tensor !== null && tensor !== node ? `${tensor} of ${node}` : (tensor ?? node ?? '');
  return batch === undefined ? name : `${name}, batch ${batch + 1}`;
}
