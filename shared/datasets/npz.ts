/** A user's own arrays, in the file that NumPy's savez writes. */
import { choice, integer, number, optional, path, textList } from '../ir/params';
import { defineDataSet } from './define';

export const npzParams = {
  file: path({ default: '', help: 'The file; a relative path counts from the folder of the design.' }),
  inputs: textList({
    default: [],
    help: 'Arrays that are inputs, each a field of its name; empty: x, the field "input".',
  }),
  targets: textList({
    default: [],
    help: 'Arrays that are to be predicted, each a field of its name; empty: y, the field "label" or "target".',
  }),
  layout: choice(['asIs', 'NHWC', 'NCHW', 'NHW'], {
    default: 'asIs',
    help: 'How the axes of x lie. NCHW is turned into NHWC, NHW gets a channel axis of 1; the others stay.',
  }),
  scaling: choice(['auto', 'none'], {
    default: 'auto',
    help: '"auto": bytes (uint8) are divided by 255, other types stay. "none": values stay as they are.',
  }),
  dtype: choice(['auto', 'float32', 'int32'], {
    default: 'auto',
    help: 'Type of the input. "auto": int32 (indices for an Embedding) where x holds whole numbers wider than a byte.',
  }),
  task: choice(['auto', 'classes', 'regression'], {
    default: 'auto',
    help: '"auto": whole-number types of y are class indices, others are numbers to predict.',
  }),
  classes: optional(integer({ default: 2, min: 1, help: '' }), {
    default: null,
    help: 'How many classes y may name; null: as many as it does.',
  }),
  validation: number({ default: 0.1, min: 0, below: 1, help: 'Fraction of what trains that validates instead.' }),
  test: number({ default: 0.1, min: 0, below: 1, help: 'Fraction that tests, where the file has no test arrays.' }),
  seed: integer({ default: 0, min: 0, help: 'Draws which samples validate and test.' }),
};

export const npz = defineDataSet({
  type: 'npz',
  title: 'Your own NPZ',
  summary: 'Arrays of yours: x_train, y_train, x_test, y_test as Keras has them, or x and y, or several of each.',
  attribution: 'Your own file.',
  licence: 'As you hold it',
  origin: 'file',
  params: npzParams,
  info: () => null,
});
