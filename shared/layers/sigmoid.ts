/** The logistic function. */
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { call, code, text } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

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
    pytorch: () => ({
      member: code`nn.Sigmoid()`,
      operation: ({ input }) => call(code`torch.sigmoid`, [input!]),
      imports: ['import torch'],
    }),
    keras: () => kerasLayer(code`layers.Activation`, [code`"sigmoid"`]),
    onnx: () => onnxOperator('Sigmoid'),
    tfjs: () => tfjsLayer(code`tf.layers.activation`, { activation: text('sigmoid') }),
  },
});
