/** The closed list of layers, in the order of the palette: one line a layer. */
import { createRegistry } from '../ir/registry';
import { add } from './add';
import { averagePool2D } from './averagePool2D';
import { batchNorm } from './batchNorm';
import { concatenate } from './concatenate';
import { conv2D } from './conv2D';
import { dense } from './dense';
import { depthwiseConv2D } from './depthwiseConv2D';
import { dropout } from './dropout';
import { embedding } from './embedding';
import { flatten } from './flatten';
import { gelu } from './gelu';
import { globalAveragePool2D } from './globalAveragePool2D';
import { input } from './input';
import { layerNorm } from './layerNorm';
import { leakyRelu } from './leakyRelu';
import { maxPool2D } from './maxPool2D';
import { multiHeadAttention } from './attention/multiHeadAttention';
import { multiply } from './multiply';
import { output } from './output';
import { relu } from './relu';
import { reshape } from './reshape';
import { sigmoid } from './sigmoid';
import { softmax } from './softmax';
import { tanh } from './tanh';
import { zeroPadding2D } from './zeroPadding2D';

export const layerRegistry = createRegistry([
  input,
  output,
  conv2D,
  depthwiseConv2D,
  dense,
  batchNorm,
  layerNorm,
  relu,
  leakyRelu,
  gelu,
  sigmoid,
  tanh,
  softmax,
  maxPool2D,
  averagePool2D,
  globalAveragePool2D,
  flatten,
  reshape,
  zeroPadding2D,
  dropout,
  add,
  multiply,
  concatenate,
  embedding,
  multiHeadAttention,
]);
