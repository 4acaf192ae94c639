/** How Python is written: ruff's layout at 88 columns, double quotes, docstrings that cannot end early. */
import { escapedText, isPlain } from './plainText';
import { builders } from 'prettier/doc';
import { bracketed, type Doc, type Language } from './printCode';

export const python: Language = {
  width: 88,
  indent: 4,
  quote: pythonString,
  number: pythonNumber,
  constants: { true: 'True', false: 'False', null: 'None' },
  call: ({ callee, positional, keywords }, write) => {
    const named = keywords.map(([name, value]) => [`${name}=`, write(value)]);
    return [write(callee), bracketed('(', [...positional.map(write), ...named], ')')];
  },
  sequence: (kind, items) => {
    if (kind === 'list') return oneALine('[', items, ']');
    return items.length === 1 ? ['(', items[0] ?? '', ',)'] : oneALine('(', items, ')');
  },
};

/** Lists and tuples that are broken have an item a line, unlike arguments, which may first go to the next line together. */
function oneALine(open: string, items: readonly Doc[], close: string): Doc {
  if (items.length === 0) return open + close;
  const { group, ifBreak, indent, join, line, softline } = builders;
  return group([open, indent([softline, join([',', line], [...items]), ifBreak(',')]), softline, close]);
}

/** A literal of one line for any string, lone surrogates and control characters included. */
function pythonString(value: string): string {
  const count = (quote: string): number => value.split(quote).length - 1;
  const quote = count('"') > count("'") ? "'" : '"';
  return quote + escaped(value).replaceAll(quote, `\\${quote}`) + quote;
}

function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that code can hold`);
  return Object.is(value, -0) ? '-0.0' : String(value).replace('e+', 'e');
}

/** A docstring: the first paragraph, then further lines. Nothing in it can end it. */
export function docstring(lines: readonly string[]): string[] {
  const safe = lines.map((line) => escaped(line).replace(/"/g, '\\"').trimEnd());
  const plain = lines.map((line, at) => (/["\\]/.test(line) ? safe[at] : escaped(line).trimEnd()) ?? '');
  const first = (plain[0] ?? '').trimStart();
  if (plain.length <= 1) return [`"""${first}"""`];
  return [`"""${first}`, ...plain.slice(1), '"""'];
}

/** Text of a comment: one line, nothing that could end it. */
export function commentText(value: string): string {
  return [...value]
    .map((character) => (isPlain(character) ? character : ' '))
    .join('')
    .trim();
}

function escaped(value: string): string {
  return escapedText(value, (point) => `\\U${point.toString(16).padStart(8, '0')}`);
}
