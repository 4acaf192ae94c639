/** Gradients of operations with two tensors that broadcast against each other. */
import type * as tf from '@tensorflow/tfjs-core';
import { noGradient, reduceTo, type GradientRule, type GradientRules } from './gradientRule';

type Partial = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Their results are steps: a mask made of values may be used without stopping their gradient first. */
const comparisons = ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr'];

export function arithmeticGradients(core: typeof tf): GradientRules {
  const binary = (byA: Partial, byB: Partial): GradientRule => ({
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(core, byA(dy, a!, b!), a!.shape),
      b: () => reduceTo(core, byB(dy, a!, b!), b!.shape),
    }),
  });
  const where = (mask: tf.Tensor, dy: tf.Tensor): tf.Tensor => core.mul(dy, core.cast(mask, 'float32'));
  const unmoved: GradientRule = {
    inputs: ['a', 'b'],
    gradient: (_dy, [a, b]) => ({ a: noGradient(core, a!), b: noGradient(core, b!) }),
  };
  const difference: Partial = (dy, a, b) => core.mul(core.mul(dy, 2), core.sub(a, b));
  return {
    Add: binary(
      (dy) => dy,
      (dy) => dy,
    ),
    Sub: binary(
      (dy) => dy,
      (dy) => core.neg(dy),
    ),
    Multiply: binary(
      (dy, _a, b) => core.mul(dy, b),
      (dy, a) => core.mul(dy, a),
    ),
    RealDiv: binary(
      (dy, _a, b) => core.div(dy, b),
      (dy, a, b) => core.neg(core.div(core.mul(dy, a), core.square(b))),
    ),
    SquaredDifference: binary(difference, (dy, a, b) => core.neg(difference(dy, a, b))),
    // Equal values: the first gets all of it.
    Maximum: binary(
      (dy, a, b) => where(core.greaterEqual(a, b), dy),
      (dy, a, b) => where(core.less(a, b), dy),
    ),
    Minimum: binary(
      (dy, a, b) => where(core.lessEqual(a, b), dy),
      (dy, a, b) => where(core.greater(a, b), dy),
    ),
    // A base that is not positive has no derivative by the exponent; 0 is what the frameworks agree on.
    Pow: binary(
      (dy, a, b) => core.mul(dy, core.mul(b, core.pow(a, core.sub(b, 1)))),
      (dy, a, b) => {
        const logarithm = core.where(core.greater(a, 0), core.log(a), core.zerosLike(a));
        return core.mul(dy, core.mul(core.pow(a, b), logarithm));
      },
    ),
    ...Object.fromEntries(comparisons.map((name) => [name, unmoved])),
    AddN: { allInputs: true, gradient: (dy, all) => all.map(() => () => core.clone(dy)) },
  };
}
