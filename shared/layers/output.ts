/** Where results leave: passes its input on, and says what it is trained for and measured by. */
import { entry, entryList, number, text } from '../ir/params';
import { batchOf, type TensorType } from '../ir/tensorType';
import type { LayerExample } from '../ir/layerDefinition';
import { defineLayer } from './define';
import { onnxPassed } from './kit/onnx/twin';

export const output = defineLayer({
  type: 'Output',
  title: 'Output',
  group: 'input and output',
  aliases: ['Head', 'Loss', 'Target'],
  summary: 'A result of the network, with the loss that compares it to a field of the data set.',
  params: {
    loss: entry('losses', { default: { type: 'crossEntropy' }, help: 'What training minimises.' }),
    metrics: entryList('metrics', {
      default: [],
      help: 'What is reported; empty for the metrics usual with the loss.',
    }),
    weight: number({ default: 1, min: 0, help: 'Factor of this loss in the sum over all outputs.' }),
    target: text({ default: '', help: 'Field of the data set; empty for its only or first target.' }),
  },
  inputs: [{ name: 'input', help: 'What is compared with the target.' }],
  outputs: [{ name: 'output', help: 'The same, for whoever runs the network; no wire starts here.' }],
  infer: (_params, inputs) => ({ output: inputs.input! }),
  weights: () => ({}),
  cost: () => ({ macs: 0, saved: 0 }),
  build: (_ops, { inputs }) => ({ outputs: { output: inputs.input! } }),
  emit: {
    layout: { axes: 'border', order: 'refuses' },
    pytorch: () => ({ operation: ({ input }) => input! }),
    keras: () => ({ call: ({ inputs }) => inputs.input! }),
    onnx: () => onnxPassed,
    tfjs: () => ({ call: ({ inputs }) => inputs.input! }),
  },
  examples: [
    exampleOf('logits of ten classes', {}, batchOf([10])),
    exampleOf('one number', { loss: 'meanSquaredError', target: 'price' }, batchOf([1])),
    exampleOf('with its own metrics', { metrics: ['accuracy', { type: 'topK', k: 3 }], weight: 0.5 }, batchOf([4, 6])),
  ],
});

function exampleOf(name: string, params: LayerExample['params'], type: TensorType): LayerExample {
  return { name, params, inputs: { input: type }, outputs: { output: type }, trainable: 0, nonTrainable: 0, macs: 0 };
}
