/** The class with which generated TensorFlow.js code takes a softmax along another axis than the last. */
import type { Helper } from '../../../ir/emit/emission';

export const softmaxAlongClass: Helper = {
  name: 'SoftmaxAlong',
  imports: [],
  source: `interface SoftmaxAlongArgs extends LayerArgs {
  axis: number;
}

/** Softmax along any axis: tf.layers.softmax takes the last one only. */
export class SoftmaxAlong extends tf.layers.Layer {
  static readonly className = 'SoftmaxAlong';
  private readonly axis: number;

  constructor(args: SoftmaxAlongArgs) {
    super(args);
    this.axis = args.axis;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const scores = Array.isArray(inputs) ? inputs[0] : inputs;
      const powers = tf.exp(tf.sub(scores, tf.max(scores, this.axis, true)));
      return tf.div(powers, tf.sum(powers, this.axis, true));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}
tf.serialization.registerClass(SoftmaxAlong);
`,
};
