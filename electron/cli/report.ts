/** How commands say what went wrong: sentences on standard error, diagnostics with their repairs, one exit code. */
import { FileProblem } from '../files/fileProblem';
import { ServiceProblem, type ServiceProblemCode } from '../services/serviceProblem';
import { diagnosticRow, type DiagnosticRow } from '../services/designs/checkDesign';
import type { Context } from './context';
import { wrap } from './display/table';
import { exitCode, type ExitCode } from './exitCode';

/** Lines for one diagnostic: severity, place and sentence, then what would mend it. */
export function diagnosticLines(
  row: DiagnosticRow,
  { style, terminal }: Pick<Context, 'style' | 'terminal'>,
): string[] {
  const paint = row.severity === 'error' ? style.red : row.severity === 'warning' ? style.amber : style.blue;
  const place = [row.node, row.param].filter((part) => part !== null).join(' · ');
  const head = `${row.severity}${place ? ` ${place}` : ''}: `;
  // Some sentences begin with the parameter, which the head has said.
  const sentence =
    row.param && row.message.startsWith(`${row.param}: `) ? row.message.slice(row.param.length + 2) : row.message;
  const lines = wrap(head + sentence, terminal.columns(), '  ');
  const repairs = row.repairs.flatMap((repair) => wrap(`  → ${repair.title}`, terminal.columns(), '    '));
  return [...lines.map((line, index) => (index === 0 ? paint(head) + line.slice(head.length) : line)), ...repairs];
}

const unavailable = new Set<ServiceProblemCode | FileProblem['code']>([
  'engine-unavailable',
  'unreachable',
  'disk-full',
  'python-unavailable',
  'install-failed',
]);
const misused = new Set<ServiceProblemCode | FileProblem['code']>(['setting-invalid', 'engine-unknown']);

/**
 * Says what went wrong and answers with the exit code. Anything unforeseen is one sentence too, never a stack trace.
 * `json`: standard output gets it too, as an object of its own.
 */
export function reportProblem(
  error: unknown,
  context: Pick<Context, 'terminal' | 'style'>,
  { json = false }: { json?: boolean } = {},
): ExitCode {
  if (json) printJson({ event: 'error', ...problemFacts(error) }, context);
  const { terminal, style } = context;
  const say = (text: string): void => terminal.warn(`${wrap(text, terminal.columns()).join('\n')}\n`);
  if (error instanceof ServiceProblem) {
    for (const row of error.diagnostics) terminal.warn(`${diagnosticLines(row, context).join('\n')}\n`);
    say(style.red(error.diagnostics.length > 0 ? countText(error) : error.message));
    return codeOf(error.code);
  }
  if (error instanceof FileProblem) {
    say(style.red(error.message));
    return codeOf(error.code);
  }
  const detail = error instanceof Error ? error.message : String(error);
  say(style.red(`Netloom met something it did not expect: ${detail}. Please report this with the command you ran.`));
  if (process.env.NETLOOM_DEBUG && error instanceof Error) terminal.warn(`${error.stack}\n`);
  return exitCode.failed;
}

function codeOf(code: ServiceProblemCode | FileProblem['code']): ExitCode {
  if (code === 'cancelled') return exitCode.interrupted;
  if (misused.has(code)) return exitCode.usage;
  return unavailable.has(code) ? exitCode.unavailable : exitCode.failed;
}

/** `code` is the problem's own; "internal" for what nobody foresaw. */
function problemFacts(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof FileProblem) return { code: error.code, message, file: error.file, diagnostics: [] };
  if (!(error instanceof ServiceProblem)) return { code: 'internal', message, file: null, diagnostics: [] };
  return { code: error.code, message, file: null, diagnostics: error.diagnostics.map(diagnosticRow) };
}

/** The first of the errors is the message too; they all stand above it already. */
function countText({ diagnostics, file }: ServiceProblem): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return `${file ?? 'The design'} has ${errors} error${errors === 1 ? '' : 's'}: correct ${errors === 1 ? 'it' : 'them'} first.`;
}

/** One JSON object on one line. Numbers are unrounded; NaN and infinities become null. */
export function printJson(value: unknown, { terminal }: Pick<Context, 'terminal'>): void {
  terminal.write(`${JSON.stringify(value, plainArrays)}\n`);
}

function plainArrays(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}
