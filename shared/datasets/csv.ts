/** A user's own table: numbers in columns, a class or a number to predict. */
import { boolean, choice, integer, number, optional, path, text, textList } from '../ir/params';
import { defineDataSet } from './define';

export const csvParams = {
  file: path({ default: '', help: 'The file; a relative path counts from the folder of the design.' }),
  inputs: textList({ default: [], help: 'Columns that are the input, in this order; empty: all but the others.' }),
  target: optional(text({ default: '', help: '' }), {
    default: null,
    help: 'The column to predict; null: the last one. Without a header, columns are column1, column2, ...',
  }),
  task: choice(['classes', 'regression'], {
    default: 'classes',
    help: '"classes": the target is a class, named by its text. "regression": the target is a number.',
  }),
  header: optional(boolean({ default: true, help: '' }), {
    default: null,
    help: 'Whether the first row holds the names of the columns; null: found out.',
  }),
  separator: choice(['auto', ',', ';', '\t', '|'], { default: 'auto', help: 'What stands between columns.' }),
  standardise: boolean({
    default: true,
    help: 'Shifts and scales every input column to mean 0 and deviation 1, as found in the training part.',
  }),
  validation: number({ default: 0.15, min: 0, below: 1, help: 'Fraction of the rows that validates.' }),
  test: number({ default: 0.15, min: 0, below: 1, help: 'Fraction of the rows that tests.' }),
  split: optional(text({ default: '', help: '' }), {
    default: null,
    help: 'A column that says "train", "validation" or "test" for each row; null: drawn by the fractions.',
  }),
  seed: integer({ default: 0, min: 0, help: 'Draws which rows validate and test.' }),
};

export const csv = defineDataSet({
  type: 'csv',
  title: 'Your own CSV',
  summary: 'A table of yours: one sample a row, columns of numbers as input, one column as target.',
  attribution: 'Your own file.',
  licence: 'As you hold it',
  origin: 'file',
  params: csvParams,
  info: () => null,
});
