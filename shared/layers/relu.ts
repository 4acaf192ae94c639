/** The rectifier: negative values become zero. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnxTwin';
import { tfjsLayer } from './kit/tfjsTwin';
import { code } from '../ir/emit/code';
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
    keras: () => kerasLayer(code`layers.ReLU`),
    onnx: () => onnxOperator('Relu'),
    tfjs: () => tfjsLayer(code`tf.layers.reLU`),
  },
});
