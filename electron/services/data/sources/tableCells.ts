/** The cells of a table's columns, checked: numbers that float32 holds, classes, parts. Errors name row and column. */
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { CsvTable } from '../../../files/csv';
import type { CsvColumn } from '../../../files/csvColumns';
import { FileProblem } from '../../../files/fileProblem';
import { partNamed } from '../drawSplit';

export interface TableClasses {
  /** Sorted: numbers by size, texts by their characters. */
  names: string[];
  labels: Int32Array;
}

export function readNumbers(file: string, table: CsvTable, name: string): Float64Array {
  const column = columnNamed(table, name);
  if (column.kind !== 'number') throw new Error(`column ${name} was to be read as numbers`);
  refuseMissing(file, column);
  const bad = column.values.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0) {
    const what = `${column.values[bad]} is beyond what float32 holds. Correct the cell, or leave the column out.`;
    throw wrongCell(file, rowOf(table, bad), name, what);
  }
  return column.values;
}

export function readClasses(file: string, table: CsvTable, name: string): TableClasses {
  const column = textColumn(file, table, name);
  if (column.categories.length > Math.max(1000, table.rows / 2)) {
    const advice = 'If the target is a number, set data.task to "regression".';
    const message = `${file}, column "${name}": ${column.categories.length} classes in ${table.rows} rows. ${advice}`;
    throw new FileProblem('bad-value', file, message);
  }
  const numeric = column.categories.every((category) => Number.isFinite(Number(category)));
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const names = [...column.categories].sort((a, b) => (numeric && Number(a) - Number(b)) || byText(a, b));
  const place = new Map(names.map((category, index) => [category, index]));
  const order = column.categories.map((category) => place.get(category) as number);
  return { names, labels: Int32Array.from(column.codes, (code) => order[code] as number) };
}

/** By row, in the order of `parts`. */
export function readSplit(file: string, table: CsvTable, name: string): Uint8Array {
  const column = textColumn(file, table, name);
  const places = column.categories.map((category) => {
    const part = partNamed(category);
    return part === null ? -1 : parts.indexOf(part);
  });
  const bad = column.codes.findIndex((code) => places[code] === -1);
  if (bad >= 0) {
    const shown = JSON.stringify(column.categories[column.codes[bad] as number]);
    throw wrongCell(file, rowOf(table, bad), name, `${shown} is none of "train", "validation" and "test".`);
  }
  return Uint8Array.from(column.codes, (code) => places[code] as number);
}

function textColumn(file: string, table: CsvTable, name: string): Extract<CsvColumn, { kind: 'text' }> {
  const column = columnNamed(table, name);
  if (column.kind !== 'text') throw new Error(`column ${name} was to be read as texts`);
  refuseMissing(file, column);
  return column;
}

function columnNamed(table: CsvTable, name: string): CsvColumn {
  const column = table.columns.find((other) => other.name === name);
  if (!column) throw new Error(`column ${name} was not read`);
  return column;
}

function refuseMissing(file: string, { name, missing, firstMissingRow }: CsvColumn): void {
  if (missing === 0) return;
  const others = missing > 1 ? `, and so have ${missing - 1} more` : '';
  const what = `the cell has no value${others}. Fill them in, or remove the rows or the column.`;
  throw wrongCell(file, firstMissingRow, name, what);
}

function rowOf(table: CsvTable, index: number): number {
  return index + (table.hasHeader ? 2 : 1);
}

function wrongCell(file: string, row: number, column: string, what: string): FileProblem {
  return new FileProblem('bad-value', file, `${file}, row ${row}, column "${column}": ${what}`);
}
