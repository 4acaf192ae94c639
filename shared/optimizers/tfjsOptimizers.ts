/** The optimizers of TensorFlow.js with what they lack: a rate that can be set, and weight decay. */
import type { Helper } from '../ir/emit/emission';

export const tfjsAdam: Helper = {
  name: 'Adam',
  imports: [],
  source: `/** Adam with a learning rate that can be set. */
class Adam extends tf.AdamOptimizer {
  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }
}
`,
};

export const tfjsAdamW: Helper = {
  name: 'AdamW',
  imports: [],
  source: `/** Adam with weights that shrink by themselves, by the learning rate times the decay at every step. */
class AdamW extends Adam {
  constructor(
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    private readonly weightDecay: number,
    private readonly decayed: tf.Variable[],
  ) {
    super(learningRate, beta1, beta2, epsilon);
  }

  override applyGradients(...given: Parameters<tf.AdamOptimizer['applyGradients']>): void {
    const kept = 1 - this.learningRate * this.weightDecay;
    for (const weight of this.decayed) tf.tidy(() => weight.assign(tf.mul(weight, kept)));
    super.applyGradients(...given);
  }
}
`,
};

export const tfjsPenalised: Helper = {
  name: 'penalised',
  imports: [],
  source: `type Gradients = Parameters<tf.AdamOptimizer['applyGradients']>[0];

/** The gradients with weightDecay times the weight added, for those weights that decay. */
function penalised(given: Gradients, decayed: tf.Variable[], weightDecay: number): Gradients {
  const gradients = { ...(given as tf.NamedTensorMap) };
  for (const weight of decayed) {
    gradients[weight.name] = tf.add(gradients[weight.name], tf.mul(weight, weightDecay));
  }
  return gradients as Gradients;
}
`,
};

export const tfjsPenalisedAdam: Helper = {
  name: 'PenalisedAdam',
  imports: [],
  source: `/** Adam with weight decay as a part of the gradient. */
class PenalisedAdam extends Adam {
  constructor(
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    private readonly weightDecay: number,
    private readonly decayed: tf.Variable[],
  ) {
    super(learningRate, beta1, beta2, epsilon);
  }

  override applyGradients(gradients: Gradients): void {
    tf.tidy(() => super.applyGradients(penalised(gradients, this.decayed, this.weightDecay)));
  }
}
`,
};

export const tfjsPenalisedSgd: Helper = {
  name: 'PenalisedSgd',
  imports: [],
  source: `/** Gradient descent with weight decay as a part of the gradient. */
class PenalisedSgd extends tf.SGDOptimizer {
  constructor(
    learningRate: number,
    private readonly weightDecay: number,
    private readonly decayed: tf.Variable[],
  ) {
    super(learningRate);
  }

  override applyGradients(gradients: Gradients): void {
    tf.tidy(() => super.applyGradients(penalised(gradients, this.decayed, this.weightDecay)));
  }
}
`,
};

export const tfjsPenalisedMomentum: Helper = {
  name: 'PenalisedMomentum',
  imports: [],
  source: `/** Gradient descent with momentum, and weight decay as a part of the gradient. */
class PenalisedMomentum extends tf.MomentumOptimizer {
  constructor(
    learningRate: number,
    momentum: number,
    useNesterov: boolean,
    private readonly weightDecay: number,
    private readonly decayed: tf.Variable[],
  ) {
    super(learningRate, momentum, useNesterov);
  }

  override applyGradients(gradients: Gradients): void {
    tf.tidy(() => super.applyGradients(penalised(gradients, this.decayed, this.weightDecay)));
  }
}
`,
};
