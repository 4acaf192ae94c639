/** The columns of a table as they grow row by row: numbers, or texts kept as numbers of their distinct values. */
import { cellNumber, isMissing } from './csvDialect';
import type { CsvDialect } from './csvDialect';
import { FileProblem } from './fileProblem';

interface Missing {
  /** Cells without a value, and the row of the first of them (0: none). */
  readonly missing: number;
  readonly firstMissingRow: number;
}

/** Numbers: NaN where a cell has no value. Texts: `codes` count into `categories`, which are in order of appearance. */
export type CsvColumn = { readonly name: string } & Missing &
  (
    | { readonly kind: 'number'; readonly values: Float64Array }
    | { readonly kind: 'text'; readonly codes: Uint32Array; readonly categories: readonly string[] }
  );

export interface CsvColumns {
  add(cells: readonly string[], row: number): void;
  finish(): { columns: CsvColumn[]; rows: number; hasHeader: boolean };
}

export interface CsvKinds {
  /** Columns that are texts (classes) even where their first values look like numbers. */
  readonly texts?: readonly string[];
  /** Columns that must be numbers, from the first row on. */
  readonly numbers?: readonly string[];
}

interface Growing {
  name: string;
  isNumber: boolean;
  values: Float64Array | Uint32Array;
  categories: Map<string, number>;
  missing: number;
  firstMissingRow: number;
}

/** A column is one of numbers if more than half of its values in the sample are; then every other text in it is an error. */
export function createCsvColumns(
  file: string,
  sample: readonly string[][],
  { names, hasHeader }: CsvDialect,
  { texts = [], numbers = [] }: CsvKinds,
  largestCells = 250e6,
): CsvColumns {
  let rows = 0;
  const columns = names.map((name, index): Growing => {
    const isNumber = numbers.includes(name) || (!texts.includes(name) && mostlyNumbers(sample, index));
    const values = isNumber ? new Float64Array(1024) : new Uint32Array(1024);
    return { name, isNumber, values, categories: new Map(), missing: 0, firstMissingRow: 0 };
  });

  return {
    add(cells, row) {
      if (cells.length !== names.length) throw ragged(file, row, cells.length, names.length);
      if ((rows + 1) * names.length > largestCells) {
        const message = `${file} has more than ${largestCells} cells (row ${row}): too large for memory. Use an NPZ file.`;
        throw new FileProblem('too-large', file, message);
      }
      for (let index = 0; index < columns.length; index += 1) {
        addCell(file, columns[index] as Growing, cells[index] as string, rows, row);
      }
      rows += 1;
    },
    finish: () => ({ columns: columns.map((column) => finished(column, rows)), rows, hasHeader }),
  };
}

function mostlyNumbers(sample: readonly string[][], column: number): boolean {
  const cells = sample.map((row) => row[column] ?? '').filter((cell) => !isMissing(cell));
  const numbers = cells.filter((cell) => !Number.isNaN(cellNumber(cell))).length;
  return numbers * 2 > cells.length;
}

function addCell(file: string, column: Growing, cell: string, at: number, row: number): void {
  if (at >= column.values.length) column.values = doubled(column.values);
  if (isMissing(cell)) {
    column.missing += 1;
    column.firstMissingRow ||= row;
  }
  column.values[at] = column.isNumber ? parseNumber(file, column, cell, row) : categoryOf(column, cell.trim());
}

function parseNumber(file: string, column: Growing, cell: string, row: number): number {
  const value = cellNumber(cell);
  if (Number.isNaN(value) && !isMissing(cell)) throw notANumber(file, column.name, cell, row);
  return value;
}

function categoryOf({ categories }: Growing, text: string): number {
  const known = categories.get(text);
  if (known !== undefined) return known;
  categories.set(text, categories.size);
  return categories.size - 1;
}

function doubled(values: Float64Array | Uint32Array): Float64Array | Uint32Array {
  const larger =
    values instanceof Float64Array ? new Float64Array(values.length * 2) : new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}

function finished({ name, values, categories, missing, firstMissingRow }: Growing, rows: number): CsvColumn {
  const common = { name, missing, firstMissingRow };
  if (values instanceof Float64Array) return { ...common, kind: 'number', values: values.slice(0, rows) };
  return { ...common, kind: 'text', codes: values.slice(0, rows), categories: [...categories.keys()] };
}

function notANumber(file: string, column: string, cell: string, row: number): FileProblem {
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}...` : cell;
  const help = /^[+-]?\d+,\d+$/.test(cell.trim())
    ? 'Write decimals with a point.'
    : 'Correct the cell, or remove the row or the column.';
  const message = `${file}, row ${row}, column "${column}": "${shown}" is not a number. ${help}`;
  return new FileProblem('bad-value', file, message);
}

function ragged(file: string, row: number, cells: number, expected: number): FileProblem {
  const message = `${file}, row ${row}: the row has ${cells} cells, ${expected} were expected. Is a separator or a quote missing?`;
  return new FileProblem('bad-value', file, message);
}
