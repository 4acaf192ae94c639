/** The rectifier: negative values become zero. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnxTwin';

export const relu = defineActivation({
  type: 'ReLU',
  title: 'ReLU',
  aliases: ['Rectifier', 'Rectified Linear Unit'],
  summary: 'max(0, x) for every element. Its gradient at 0 is 0.',
  params: {},
  gradientFrom: 'outputs',
  apply: (ops, x) => ops.relu(x),
  emit: {
    onnx: () => onnxOperator('Relu'),
  },
});
