/** The logistic function. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnxTwin';

export const sigmoid = defineActivation({
  type: 'Sigmoid',
  title: 'Sigmoid',
  aliases: ['Logistic'],
  summary: '1 / (1 + exp(-x)) for every element: between 0 and 1. Deep stacks of it make gradients vanish.',
  params: {},
  workTensors: 2,
  gradientFrom: 'outputs',
  apply: (ops, x) => ops.sigmoid(x),
  emit: {
    onnx: () => onnxOperator('Sigmoid'),
  },
});
