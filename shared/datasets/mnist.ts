/** MNIST, downloaded when first asked for. */
import { defineDataSet } from './define';
import { idxInfo, idxNames, idxParams } from './idxImages';
import { tenDigits } from './tenDigits';

export const mnist = defineDataSet({
  type: 'mnist',
  title: 'MNIST',
  summary: '70,000 handwritten digits of 28x28 pixels, with the values 0 to 255 scaled to 0..1.',
  attribution: 'Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits, 1998.',
  licence: 'CC BY-SA 3.0 (as commonly stated)',
  origin: 'download',
  addresses: ['https://ossci-datasets.s3.amazonaws.com/mnist/'],
  files: [
    { name: idxNames[0], bytes: 9_912_422, md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
    { name: idxNames[1], bytes: 28_881, md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
    { name: idxNames[2], bytes: 1_648_877, md5: '9fb629c4189551a2d022fa330f9573f3' },
    { name: idxNames[3], bytes: 4_542, md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
  ],
  params: idxParams,
  info: ({ validation }) => idxInfo(tenDigits, validation),
});
