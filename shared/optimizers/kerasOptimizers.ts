/** Optimizers by our formulas, as classes of exported Keras scripts: each is Keras' own with its one difference mended. */
import { call, code, type Fragment } from '../ir/emit/code';
import type { Helper } from '../ir/emit/emission';
import type { OptimizerCode, OptimizerParts } from '../ir/emit/trainingEmission';
import type { Moments } from './moments';

const imports = ['from typing import Any', 'import keras', 'from keras import ops'];

/** What decays: kernels and tables, no biases, scales and offsets. On TensorFlow the variable itself has another name. */
const penalty = `        weight = self._trainable_variables[self._get_variable_index(variable)]
        if weight.name in ("kernel", "embeddings"):
            gradient = ops.add(gradient, self.l2 * variable)
`;

const configured = `
    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal optimizer."""
        return {**super().get_config(), "l2": self.l2}`;

const settled = `
    def __init__(self, *settings: Any, l2: float = 0.0, **options: Any) -> None:
        super().__init__(*settings, **options)
        self.l2 = l2
`;

function momentHelper(base: 'Adam' | 'AdamW', coupled: boolean): Helper {
  const name = `${coupled ? 'Penalised' : 'Textbook'}${base}`;
  return {
    name,
    source: `@keras.saving.register_keras_serializable()
class ${name}(keras.optimizers.${base}):
    """${base} with epsilon beside the corrected root, as its authors have it${coupled ? ', and an L2 penalty' : ''}."""
${coupled ? settled : ''}
    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one weight."""
${coupled ? penalty : ''}        epsilon = self.epsilon
        updates = ops.cast(self.iterations + 1, variable.dtype)
        self.epsilon = epsilon * ops.sqrt(1 - ops.power(self.beta_2, updates))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = epsilon${coupled ? `\n${configured}` : ''}`,
    imports,
  };
}

const textbookAdam = momentHelper('Adam', false);
const textbookAdamW = momentHelper('AdamW', false);
const penalisedAdam = momentHelper('Adam', true);

const momentSgd: Helper = {
  name: 'TextbookSGD',
  source: `@keras.saving.register_keras_serializable()
class TextbookSGD(keras.optimizers.SGD):
    """SGD whose velocity sums gradients: the rate of the moment multiplies the step."""
${settled}
    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one weight."""
${penalty}        step = gradient
        if self.momentum > 0:
            velocity = self.momentums[self._get_variable_index(variable)]
            self.assign(velocity, ops.add(velocity * self.momentum, gradient))
            step = velocity
            if self.nesterov:
                step = ops.add(velocity * self.momentum, gradient)
        self.assign_sub(variable, ops.multiply(step, learning_rate))
${configured}`,
  imports,
};

/** Of Adam a penalty is part of the gradient; AdamW's decay is Keras' own. */
export function kerasMoments(
  base: 'Adam' | 'AdamW',
  { params, learningRate }: OptimizerParts<Moments & { weightDecay: number }>,
): OptimizerCode {
  const { beta1, beta2, epsilon, weightDecay } = params;
  const coupled = base === 'Adam' && weightDecay > 0;
  const decays = base === 'AdamW' && weightDecay > 0;
  const callee: Fragment = base === 'AdamW' ? code`TextbookAdamW` : coupled ? code`PenalisedAdam` : code`TextbookAdam`;
  return {
    expression: call(callee, [learningRate], {
      beta_1: beta1 === 0.9 ? undefined : beta1,
      beta_2: beta2 === 0.999 ? undefined : beta2,
      epsilon,
      weight_decay: base === 'AdamW' ? weightDecay : undefined,
      l2: coupled ? weightDecay : undefined,
    }),
    decays,
    slots: { mean: { theirs: 'momentum' }, square: { theirs: 'velocity' } },
    helpers: [base === 'AdamW' ? textbookAdamW : coupled ? penalisedAdam : textbookAdam],
  };
}

interface SgdParams {
  momentum: number;
  nesterov: boolean;
  weightDecay: number;
}

/** Without momentum and penalty Keras' formula is ours. */
export function kerasSgd({ params, learningRate }: OptimizerParts<SgdParams>): OptimizerCode {
  const { momentum, nesterov, weightDecay } = params;
  if (momentum === 0 && weightDecay === 0)
    return { expression: call(code`keras.optimizers.SGD`, [learningRate]), decays: false, slots: {} };
  return {
    expression: call(code`TextbookSGD`, [learningRate], {
      momentum: momentum === 0 ? undefined : momentum,
      nesterov: momentum > 0 && nesterov ? true : undefined,
      l2: weightDecay === 0 ? undefined : weightDecay,
    }),
    decays: false,
    slots: momentum > 0 ? { velocity: { theirs: 'momentum' } } : {},
    helpers: [momentSgd],
  };
}
