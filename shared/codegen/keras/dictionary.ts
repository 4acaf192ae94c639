/** A dictionary as a statement of its own: on the line, else an entry a line. */
import { code, text, type Fragment, type Hole } from '../../ir/emit/code';
import { printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';

export interface Entry {
  readonly key: string;
  readonly value: Hole;
}

/** `before` is what stands before the brace: "outputs = ", "return ". */
export function dictionaryLines(depth: number, before: Fragment, entries: readonly Entry[]): SourceLine[] {
  const pairs = entries.map(({ key, value }) => code`${text(key)}: ${value}`);
  const flat = pairs.slice(1).reduce<Fragment>((all, pair) => code`${all}, ${pair}`, code`${pairs[0] ?? code``}`);
  const whole = printStatement(python, code`${before}{${flat}}`, depth);
  if (whole.length === 1 && (whole[0] ?? '').length <= python.width) return linesOf(whole);
  const margin = ' '.repeat(depth * python.indent);
  const open = printStatement(python, code`${before}{`, depth);
  const narrower = { ...python, width: python.width - 1 };
  const inner = pairs.flatMap((pair) => {
    const lines = printStatement(narrower, pair, depth + 1);
    return [...lines.slice(0, -1), `${lines[lines.length - 1] ?? ''},`];
  });
  return linesOf([...open, ...inner, `${margin}}`]);
}
