/** The hyperbolic tangent. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { call, code, text } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

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
    pytorch: () => ({
      member: code`nn.Tanh()`,
      operation: ({ input }) => call(code`torch.tanh`, [input!]),
      imports: ['import torch'],
    }),
    keras: () => kerasLayer(code`layers.Activation`, [code`"tanh"`]),
    onnx: () => onnxOperator('Tanh'),
    tfjs: () => tfjsLayer(code`tf.layers.activation`, { activation: text('tanh') }),
  },
});
