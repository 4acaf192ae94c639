/** A design with everything in it that frameworks do differently: what faults are put into. */
import type { Json } from '../../../../shared/messages/define';

const chain: [string, string, Json?][] = [
  ['image', 'Input', { shape: [8, 8, 1], field: 'image' }],
  ['conv1', 'Conv2D', { filters: 8, kernelSize: 3, strides: 2, padding: 'same' }],
  ['norm1', 'BatchNorm'],
  ['relu1', 'ReLU'],
  ['conv2', 'Conv2D', { filters: 8, kernelSize: 3, padding: 'same' }],
  ['tanh', 'Tanh'],
  ['drop', 'Dropout', { rate: 0.5 }],
  ['flat', 'Flatten'],
  ['hidden', 'Dense', { units: 32 }],
  ['rows', 'Reshape', { shape: [4, 8] }],
  ['attention', 'MultiHeadAttention', { heads: 2, keyFeatures: 4 }],
  ['norm2', 'LayerNorm'],
  ['square', 'Dense', { units: 8 }],
  ['soft', 'Softmax'],
  ['flat2', 'Flatten'],
  ['mix', 'Dense', { units: 32 }],
  ['norm3', 'LayerNorm'],
  ['gelu', 'GELU'],
  ['logits', 'Dense', { units: 10 }],
  ['output', 'Output', { loss: { type: 'crossEntropy', labelSmoothing: 0.1 }, target: 'label' }],
];

export const faultDesign: Json = {
  netloom: 1,
  name: 'Faults',
  nodes: chain.map(([id, layer, params = {}]) => ({ id, layer, params })),
  wires: chain.slice(1).map(([to], at) => ({
    from: chain[at]?.[0] ?? '',
    to: to === 'attention' ? 'attention:query' : to,
  })),
  training: {
    epochs: 2,
    batchSize: 32,
    seed: 1,
    optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 },
    clipNorm: 1,
  },
  data: { source: 'digits' },
};
