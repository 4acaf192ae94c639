/** The hyperbolic tangent. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnxTwin';

export const tanh = defineActivation({
  type: 'Tanh',
  title: 'Tanh',
  aliases: ['Hyperbolic Tangent'],
  summary: 'The hyperbolic tangent of every element: between -1 and 1.',
  params: {},
  workTensors: 2,
  gradientFrom: 'outputs',
  apply: (ops, x) => ops.tanh(x),
  emit: {
    onnx: () => onnxOperator('Tanh'),
  },
});
