/** The rectifier that lets a fraction of negative values through. */
import { functional } from './kit/pytorch/window';
import { differentiable } from '../ir/differentiable';
import { number } from '../ir/params';
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { call, code } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

export const leakyRelu = defineActivation({
  type: 'LeakyReLU',
  title: 'Leaky ReLU',
  aliases: ['Leaky Rectifier'],
  summary: 'x where x > 0, slope * x elsewhere. Its gradient at 0 is the slope.',
  params: {
    slope: number({ default: 0.01, min: 0, help: 'Factor of negative values (0.01 as in PyTorch; Keras has 0.3).' }),
  },
  keptTensors: 2,
  gradientFrom: 'neither',
  // The factors are kept: the gradient is then one multiplication.
  apply: (ops, x, { slope }) =>
    differentiable(ops, x, (input) => {
      const factors = ops.step(input, slope);
      const value = ops.mul(input, factors);
      return { value, keep: [factors], gradient: (upstream, [kept]) => ops.mul(upstream, kept!) };
    }),
  variants: [{ slope: 0.3 }],
  emit: {
    pytorch: ({ params: { slope } }) => ({
      member: call(code`nn.LeakyReLU`, [slope]),
      operation: ({ input }) => call(code`F.leaky_relu`, [input!, slope]),
      imports: [functional],
    }),
    keras: ({ params: { slope } }) => kerasLayer(code`layers.LeakyReLU`, [slope]),
    onnx: ({ params }) => onnxOperator('LeakyRelu', { alpha: { float: params.slope } }),
    tfjs: ({ params: { slope } }) => tfjsLayer(code`tf.layers.leakyReLU`, { alpha: slope }),
  },
});
