/** Gradients of functions of one tensor, element by element. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Attributes, GradientRule, GradientRules } from './gradientRule';

type Slope = (dy: tf.Tensor, value: tf.Tensor, attributes: Attributes) => tf.Tensor;

export function elementwiseGradients(core: typeof tf): GradientRules {
  const ofInput = (slope: Slope): GradientRule => ({
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({ x: () => slope(dy, x!, attributes) }),
  });
  const ofOutput = (slope: Slope): GradientRule => ({
    output: true,
    gradient: (dy, [y], attributes) => ({ x: () => slope(dy, y!, attributes) }),
  });
  const unchanged: GradientRule = { gradient: (dy) => ({ x: () => core.cast(dy, 'float32') }) };
  const flat: GradientRule = { gradient: (dy) => ({ x: () => core.zerosLike(dy) }) };
  const number = (attributes: Attributes, name: string): number => attributes[name] as number;
  return {
    Abs: ofInput((dy, x) => core.mul(dy, core.sign(x))),
    Neg: { gradient: (dy) => ({ x: () => core.neg(dy) }) },
    Square: ofInput((dy, x) => core.mul(dy, core.mul(x, 2))),
    Sqrt: ofOutput((dy, y) => core.div(dy, core.mul(y, 2))),
    Rsqrt: ofInput((dy, x) => core.neg(core.div(dy, core.mul(core.pow(x, 1.5), 2)))),
    Reciprocal: ofOutput((dy, y) => core.neg(core.mul(dy, core.square(y)))),
    Exp: ofOutput((dy, y) => core.mul(dy, y)),
    Expm1: ofInput((dy, x) => core.mul(dy, core.exp(x))),
    Log: ofInput((dy, x) => core.div(dy, x)),
    Log1p: ofInput((dy, x) => core.div(dy, core.add(x, 1))),
    Sin: ofInput((dy, x) => core.mul(dy, core.cos(x))),
    Cos: ofInput((dy, x) => core.neg(core.mul(dy, core.sin(x)))),
    Sigmoid: ofOutput((dy, y) => core.mul(dy, core.mul(y, core.sub(1, y)))),
    Tanh: ofOutput((dy, y) => core.mul(dy, core.sub(1, core.square(y)))),
    // The output is positive where the input is, and keeping it spares the memory of the input.
    Relu: ofOutput((dy, y) =>
      core.getKernel('ReluGrad', core.getBackend())
        ? core.engine().runKernel<tf.Tensor>('ReluGrad', { dy, y })
        : core.mul(dy, core.step(y)),
    ),
    Relu6: ofOutput((dy, y) => core.mul(dy, core.mul(core.step(y), core.cast(core.less(y, 6), 'float32')))),
    LeakyRelu: ofInput((dy, x, attributes) => core.mul(dy, core.step(x, number(attributes, 'alpha')))),
    Elu: ofOutput((dy, y) => core.engine().runKernel<tf.Tensor>('EluGrad', { dy, y })),
    Softplus: ofInput((dy, x) => core.mul(dy, core.sigmoid(x))),
    Erf: ofInput((dy, x) => core.mul(dy, core.mul(core.exp(core.neg(core.square(x))), 2 / Math.sqrt(Math.PI)))),
    ClipByValue: ofInput((dy, x, attributes) => {
      const above = core.greaterEqual(x, number(attributes, 'clipValueMin'));
      const below = core.lessEqual(x, number(attributes, 'clipValueMax'));
      return core.mul(dy, core.cast(core.logicalAnd(above, below), 'float32'));
    }),
    Cast: unchanged,
    Identity: unchanged,
    Step: flat,
    Sign: flat,
    Floor: flat,
    Ceil: flat,
    Round: flat,
    ZerosLike: flat,
    OnesLike: flat,
  };
}
