/** The rectifier: negative values become zero. */
import { functional } from './kit/pytorch/window';
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { call, code } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

export const relu = defineActivation({
  type: 'ReLU',
  title: 'ReLU',
  aliases: ['Rectifier', 'Rectified Linear Unit'],
  summary: 'max(0, x) for every element. Its gradient at 0 is 0.',
  params: {},
  gradientFrom: 'outputs',
  apply: (ops, x) => ops.relu(x),
  emit: {
    pytorch: () => ({
      member: code`nn.ReLU()`,
      operation: ({ input }) => call(code`F.relu`, [input!]),
      imports: [functional],
    }),
    keras: () => kerasLayer(code`layers.ReLU`),
    onnx: () => onnxOperator('Relu'),
    tfjs: () => tfjsLayer(code`tf.layers.reLU`),
  },
});
