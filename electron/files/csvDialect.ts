/** Finds out from the first rows of a table whether they begin with the names of the columns. */
import { FileProblem } from './fileProblem';

export interface CsvDialect {
  readonly hasHeader: boolean;
  readonly names: readonly string[];
}

/** Cells that stand for "no value" in the tables people have. */
const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-']);

export function isMissing(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number in a cell; NaN where there is none. */
export function cellNumber(cell: string): number {
  const text = cell.trim();
  if (number.test(text)) return Number(text);
  if (/^\+?inf(inity)?$/i.test(text)) return Infinity;
  return /^-inf(inity)?$/i.test(text) ? -Infinity : NaN;
}

/** The first row names the columns if all its cells are different texts, none of them a number. */
export function csvDialect(file: string, sample: readonly string[][], options: { header?: boolean }): CsvDialect {
  const first = sample[0] ?? [];
  const named = first.map((cell) => cell.trim());
  const looksNamed =
    first.every((cell) => cell.trim() !== '' && Number.isNaN(cellNumber(cell))) && new Set(named).size === named.length;
  const hasHeader = options.header ?? (looksNamed && sample.length > 1);
  if (!hasHeader) return { hasHeader, names: first.map((_, index) => `column${index + 1}`) };
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new FileProblem('bad-value', file, `${file}, row 1: two columns are called "${twice}". Rename one of them.`);
  }
  return { hasHeader, names: named.map((name, index) => name || `column${index + 1}`) };
}
