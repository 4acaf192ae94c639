/** The UCI handwritten digits, as scikit-learn hands them out: bundled, so that the first run needs no network. */
import { defineDataSet } from './define';
import { tenDigits } from './tenDigits';

export const digits = defineDataSet({
  type: 'digits',
  title: 'Handwritten digits, 8x8',
  summary: '1,797 handwritten digits of 8x8 pixels, with the values 0 to 16 scaled to 0..1.',
  attribution:
    'E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits (test part), UCI Machine Learning Repository, 1998, https://doi.org/10.24432/C50P49; read from the copy in scikit-learn.',
  licence: 'CC BY 4.0',
  origin: 'bundled',
  params: {},
  info: () => ({
    fields: [
      { name: 'image', shape: [8, 8, 1], dtype: 'float32', range: [0, 1] },
      { name: 'label', shape: [], dtype: 'int32', classes: tenDigits, range: [0, 9] },
    ],
    counts: { train: 1197, validation: 300, test: 300 },
  }),
});
