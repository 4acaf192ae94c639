/** Examples of attention: self, causal, cross, with own features, with dropout. */
import type { LayerExample } from '../../ir/layerDefinition';
import { batchOf } from '../../ir/tensorType';

export const attentionExamples: readonly LayerExample[] = [
  {
    // Projections 3·4·6·3, products 2·3·3·6, output 3·6·4.
    name: 'self-attention',
    params: { heads: 2, keyFeatures: 3 },
    inputs: { query: batchOf([3, 4]) },
    outputs: { output: batchOf([3, 4]) },
    trainable: 3 * (4 * 6 + 6) + 6 * 4 + 4,
    nonTrainable: 0,
    macs: 216 + 108 + 72,
  },
  {
    name: 'causal, without bias',
    params: { heads: 2, keyFeatures: 2, causal: true, bias: false },
    inputs: { query: batchOf([4, 4]) },
    outputs: { output: batchOf([4, 4]) },
    trainable: 4 * 4 * 4,
    nonTrainable: 0,
    macs: 4 * 4 * 4 * 4 + 2 * 4 * 4 * 4,
  },
  {
    name: 'cross-attention to a longer sequence',
    params: { heads: 1, keyFeatures: 3 },
    inputs: { query: batchOf([2, 4]), value: batchOf([5, 6]) },
    outputs: { output: batchOf([2, 4]) },
    trainable: 4 * 3 + 2 * 6 * 3 + 9 + 3 * 4 + 4,
    nonTrainable: 0,
    macs: 2 * 4 * 3 + 2 * 5 * 6 * 3 + 2 * 2 * 5 * 3 + 2 * 3 * 4,
  },
  {
    name: 'with a key of its own and other output features',
    params: { heads: 2, keyFeatures: 2, features: 5 },
    inputs: { query: batchOf([3, 4]), value: batchOf([2, 3]), key: batchOf([2, 6]) },
    outputs: { output: batchOf([3, 5]) },
    trainable: (4 + 3 + 6) * 4 + 12 + 4 * 5 + 5,
    nonTrainable: 0,
    macs: (3 * 4 + 2 * 3 + 2 * 6) * 4 + 2 * 3 * 2 * 4 + 3 * 4 * 5,
  },
  {
    name: 'with dropout of the attention weights',
    params: { heads: 2, keyFeatures: 2, dropout: 0.4 },
    inputs: { query: batchOf([3, 4]) },
    outputs: { output: batchOf([3, 4]) },
    trainable: 4 * (4 * 4 + 4),
    nonTrainable: 0,
    macs: 4 * 3 * 4 * 4 + 2 * 3 * 3 * 4,
  },
];
