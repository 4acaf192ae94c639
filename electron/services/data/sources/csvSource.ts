/** Prepares a user's table: reads it, checks every cell that is used, splits, scales and writes. */
import { csvParams } from '../../../../shared/datasets/csv';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { ParamsOf } from '../../../../shared/ir/params';
import { readCsv } from '../../../files/csv';
import type { CsvTable } from '../../../files/csv';
import type { CsvKinds } from '../../../files/csvColumns';
import { breathe, paramsOf } from '../dataSource';
import type { DataSource, SourceContext } from '../dataSource';
import { drawSplit } from '../drawSplit';
import type { PreparedWriter } from '../preparedWriter';
import { contentHash, userFile } from '../userFile';
import { fitStandardisation, standardised } from './standardise';
import type { Standardisation } from './standardise';
import { readClasses, readNumbers, readSplit } from './tableCells';
import type { TableClasses } from './tableCells';
import { tableColumns } from './tableColumns';
import type { TableColumns } from './tableColumns';

type CsvParams = ParamsOf<typeof csvParams>;

/** What the rows hold, column by column; `target` where the task is regression. */
interface Table {
  rows: number;
  inputs: Float64Array[];
  classes: TableClasses | null;
  target: Float64Array | null;
  split: Uint8Array | null;
}

export const csvSource: DataSource = {
  async identity(context) {
    const { file, ...params } = paramsOf(csvParams, context);
    return { ...params, inputs: [...params.inputs], content: await contentHash(context, userFile(context, file)) };
  },
  async prepare(context, writer) {
    const params = paramsOf(csvParams, context);
    const file = userFile(context, params.file);
    const cells = await readTable(context, file, params);
    const names = cells.columns.map(({ name }) => name);
    const columns = tableColumns(file, names, params);
    const table = takeTable(file, columns, cells, params);
    const { rows, classes } = table;
    const split = table.split ?? drawSplit({ ...params, count: rows, labels: classes?.labels ?? null });
    const fitted = params.standardise ? fitStandardisation(table.inputs, (row) => split[row] === 0) : null;
    planTable(writer, columns, classes, fitted);
    await writeTable(context, writer, table, split, fitted);
    return { origin: file };
  },
};

/** What the columns hold is settled as soon as their names are known. */
async function readTable(context: SourceContext, file: string, params: CsvParams): Promise<CsvTable> {
  context.onProgress({ step: 'reading the table', done: 0, total: null });
  await breathe(context);
  const { separator, header } = params;
  return readCsv(context.files, file, {
    ...(separator !== 'auto' && { separator }),
    ...(header !== null && { header }),
    kinds: (names) => kindsOf(tableColumns(file, names, params), params),
  });
}

function kindsOf({ inputs, target, split, unused }: TableColumns, { task }: CsvParams): CsvKinds {
  const regression = task === 'regression';
  return {
    texts: [...unused, ...(split === null ? [] : [split]), ...(regression ? [] : [target])],
    numbers: [...inputs, ...(regression ? [target] : [])],
  };
}

function takeTable(file: string, columns: TableColumns, table: CsvTable, { task }: CsvParams): Table {
  const regression = task === 'regression';
  return {
    rows: table.rows,
    inputs: columns.inputs.map((name) => readNumbers(file, table, name)),
    classes: regression ? null : readClasses(file, table, columns.target),
    target: regression ? readNumbers(file, table, columns.target) : null,
    split: columns.split === null ? null : readSplit(file, table, columns.split),
  };
}

/** `input` [columns], and `label` [] (a class) or `target` [1] (a number). */
function planTable(
  writer: PreparedWriter,
  columns: TableColumns,
  classes: TableClasses | null,
  fitted: Standardisation | null,
): void {
  writer.addField({
    name: 'input',
    shape: [columns.inputs.length],
    dtype: 'float32',
    classes: null,
    range: null,
    stored: 'float32',
    role: 'input',
    scaling: fitted ? { kind: 'standardise', ...fitted } : { kind: 'none' },
    layout: null,
    columns: columns.inputs,
  });
  writer.addField({
    ...(classes
      ? { name: 'label', shape: [], dtype: 'int32', stored: 'int32', classes: classes.names }
      : { name: 'target', shape: [1], dtype: 'float32', stored: 'float32', classes: null }),
    range: classes ? [0, classes.names.length - 1] : null,
    role: 'target',
    scaling: { kind: 'none' },
    layout: null,
    columns: [columns.target],
  });
}

const rowsBetweenBreaths = 4096;

async function writeTable(
  context: SourceContext,
  writer: PreparedWriter,
  { rows, inputs, classes, target }: Table,
  split: Uint8Array,
  fitted: Standardisation | null,
): Promise<void> {
  const sample = new Float32Array(inputs.length);
  for (let row = 0; row < rows; row += 1) {
    const part = parts[split[row] as number] ?? 'train';
    inputs.forEach((values, column) => {
      const value = values[row] as number;
      sample[column] = fitted ? standardised(value, fitted, column) : value;
    });
    writer.append('input', part, sample);
    if (classes) writer.append('label', part, classes.labels.subarray(row, row + 1));
    if (target) writer.append('target', part, Float32Array.of(target[row] as number));
    if (row % rowsBetweenBreaths > 0) continue;
    context.onProgress({ step: 'writing the samples', done: row, total: rows });
    await breathe(context);
  }
}
