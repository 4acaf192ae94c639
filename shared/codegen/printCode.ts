/** Lays pieces of code out as ruff and prettier would: each language says how it writes values and breaks calls. */
import { builders, printer } from 'prettier/doc';
import type { Call, Fragment, Hole, Operation } from '../ir/emit/code';

export type Doc = builders.Doc;

export interface Language {
  /** Columns, and the spaces of one indentation. */
  readonly width: number;
  readonly indent: number;
  readonly quote: (value: string) => string;
  readonly number: (value: number) => string;
  readonly constants: { readonly true: string; readonly false: string; readonly null: string };
  /** A call or a sequence, from the layouts of its parts. */
  readonly call: (call: Call, write: (hole: Hole) => Doc) => Doc;
  readonly sequence: (kind: 'list' | 'tuple', items: readonly Doc[], holes: readonly Hole[]) => Doc;
}

/** The lines of one statement, broken where it is wider than the page at `depth` indentations. */
export function printStatement(language: Language, statement: Hole, depth = 0): string[] {
  const width = language.width - depth * language.indent;
  const { formatted } = printer.printDocToString(docOf(language, statement), {
    printWidth: width,
    tabWidth: language.indent,
    useTabs: false,
  });
  const margin = ' '.repeat(depth * language.indent);
  return formatted.split('\n').map((line) => (line === '' ? '' : margin + line));
}

/** Columns that it takes where nothing is broken. */
export function flatWidth(language: Language, statement: Hole): number {
  const flat = { ...language, width: Number.MAX_SAFE_INTEGER };
  return printStatement(flat, statement).join('').length;
}

function docOf(language: Language, hole: Hole): Doc {
  const write = (part: Hole): Doc => docOf(language, part);
  if (hole === null) return language.constants.null;
  if (typeof hole === 'boolean') return hole ? language.constants.true : language.constants.false;
  if (typeof hole === 'number') return language.number(hole);
  switch (hole.kind) {
    case 'name':
      return hole.identifier;
    case 'text':
      return language.quote(hole.value);
    case 'list':
    case 'tuple':
      return language.sequence(hole.kind, hole.items.map(write), hole.items);
    case 'call':
      return language.call(hole, write);
    case 'operation':
      return operationDoc(hole, write);
    case 'fragment':
      return fragmentDoc(hole, write);
  }
}

function fragmentDoc({ literals, holes }: Fragment, write: (hole: Hole) => Doc): Doc {
  return literals.flatMap((literal, at) => {
    const lines = literal.split('\n').flatMap((line, row) => (row === 0 ? [line] : [builders.hardline, line]));
    const hole = unwrapped(holes[at]);
    if (hole === undefined) return lines;
    return [...lines, isOperation(hole) ? within(write(hole), literal, literals[at + 1] ?? '') : write(hole)];
  });
}

/** What stands alone in a fragment is written as if there were none. */
function unwrapped(hole: Hole | undefined): Hole | undefined {
  if (typeof hole !== 'object' || hole?.kind !== 'fragment') return hole;
  return hole.literals.every((literal) => literal === '') ? unwrapped(hole.holes[0]) : hole;
}

function isOperation(hole: Hole): hole is Operation {
  return typeof hole === 'object' && hole?.kind === 'operation';
}

/** An operation is in brackets where what surrounds it binds closer, and as a whole statement where it is broken. */
function within(doc: Doc, before: string, after: string): Doc {
  const { group, ifBreak, indent, softline } = builders;
  if (/[([,] ?$/.test(before) && /^[)\],]/.test(after)) return doc;
  const whole = /(^| = |return )$/.test(before) && after === '';
  return whole ? group([ifBreak('('), indent([softline, doc]), softline, ifBreak(')')]) : ['(', doc, ')'];
}

function operationDoc({ operator, operands }: Operation, write: (hole: Hole) => Doc): Doc {
  const [first = '', ...others] = operands.map((operand, at) => {
    const inner = unwrapped(operand) as Hole;
    if (!isOperation(inner)) return write(inner);
    const closer = inner.operator === '*' && operator === '+';
    return closer || (at === 0 && inner.operator === operator) ? write(inner) : ['(', write(inner), ')'];
  });
  return builders.group([first, ...others.flatMap((doc) => [builders.line, `${operator} `, doc])]);
}

/** Between brackets: on the line; else all on the next line; else one a line, with a comma at the end. As ruff does. */
export function bracketed(open: string, items: readonly Doc[], close: string): Doc {
  if (items.length === 0) return open + close;
  const { group, indent, softline, line, join, ifBreak } = builders;
  const inner = group([join([',', line], [...items]), ifBreak(',')]);
  return group([open, indent([softline, inner]), softline, close]);
}
