/** The Gaussian error linear unit: x times the normal distribution's cumulative probability of x. */
import { functional } from './kit/pytorch/window';
import { differentiable, type Differentiable } from '../ir/differentiable';
import type { Ops, Tensor } from '../ir/layerDefinition';
import { choice } from '../ir/params';
import { defineActivation } from './kit/activation';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { call, code, text } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';
import { tanhGelu } from './kit/keras/helpers';

export const gelu = defineActivation({
  type: 'GELU',
  title: 'GELU',
  aliases: ['Gaussian Error Linear Unit'],
  summary: 'x * Phi(x), where Phi is the cumulative distribution of the standard normal.',
  params: {
    form: choice(['exact', 'tanh'], {
      default: 'exact',
      help: 'exact uses the error function; tanh is the approximation of GPT-2, within 5e-4 of it and several times faster.',
    }),
  },
  keptTensors: 2,
  workTensors: 5,
  gradientFrom: 'inputs',
  apply: (ops, x, { form }) =>
    differentiable(ops, x, (input) => (form === 'exact' ? exact(ops, input) : approximate(ops, input))),
  variants: [{ form: 'tanh' }],
  emit: {
    pytorch: ({ params: { form } }) => {
      const approximate = form === 'tanh' ? text('tanh') : undefined;
      return {
        member: call(code`nn.GELU`, [], { approximate }),
        operation: ({ input }) => call(code`F.gelu`, [input!], { approximate }),
        imports: [functional],
      };
    },
    keras: ({ params: { form } }) =>
      form === 'exact'
        ? kerasLayer(code`layers.Activation`, [code`"gelu"`])
        : { ...kerasLayer(code`TanhGELU`), helpers: [tanhGelu] },
    onnx: ({ params }) => onnxOperator('Gelu', params.form === 'tanh' ? { approximate: 'tanh' } : {}),
    tfjs: ({ params: { form } }) =>
      tfjsLayer(code`tf.layers.activation`, { activation: text(form === 'exact' ? 'gelu' : 'gelu_new') }),
  },
});

/** d/dx x Phi(x) = Phi(x) + x phi(x), with phi the density. */
function exact(ops: Ops, x: Tensor): Differentiable {
  const probability = ops.add(ops.mul(ops.erf(ops.mul(x, Math.SQRT1_2)), 0.5), 0.5);
  const gradient = (upstream: Tensor, [input, phi]: readonly Tensor[]): Tensor => {
    const density = ops.mul(ops.exp(ops.mul(ops.square(input!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return ops.mul(upstream, ops.add(phi!, ops.mul(input!, density)));
  };
  return { value: ops.mul(x, probability), keep: [x, probability], gradient };
}

/** 0.5 (1 + tanh u) = sigmoid(2 u), which costs a fraction of tanh on most engines; u = sqrt(2/pi) (x + 0.044715 x^3). */
function approximate(ops: Ops, x: Tensor): Differentiable {
  const scale = 2 * Math.sqrt(2 / Math.PI);
  const cubic = 0.044715;
  const bracket = ops.add(ops.mul(ops.square(x), scale * cubic), scale);
  const gate = ops.sigmoid(ops.mul(x, bracket));
  const gradient = (upstream: Tensor, [input, kept]: readonly Tensor[]): Tensor => {
    const slope = ops.add(ops.mul(ops.square(input!), 3 * scale * cubic), scale);
    const bend = ops.mul(ops.mul(input!, slope), ops.sub(1, kept!));
    return ops.mul(upstream, ops.mul(kept!, ops.add(bend, 1)));
  };
  return { value: ops.mul(x, gate), keep: [x, gate], gradient };
}
