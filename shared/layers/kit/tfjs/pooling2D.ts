/** The classes with which generated TensorFlow.js code pools where padding is given in numbers or must not count. */
import type { Helper } from '../../../ir/emit/emission';

const args = `interface PaddedPoolingArgs extends LayerArgs {
  poolSize: Pair;
  strides: Pair;
  /** Rows above and below the image, columns left and right of it. */
  padding: [Pair, Pair];
}

/** What pooling with padding in numbers has in common. */
abstract class PaddedPooling2D extends tf.layers.Layer {
  protected readonly args: PaddedPoolingArgs;

  constructor(args: PaddedPoolingArgs) {
    super(args);
    this.args = args;
  }

  override computeOutputShape([batch, height, width, channels]: tf.Shape): tf.Shape {
    const { poolSize, strides, padding } = this.args;
    const slid = (axis: 0 | 1, size: number): number =>
      Math.floor((size + padding[axis][0] + padding[axis][1] - poolSize[axis]) / strides[axis]) + 1;
    return [batch, slid(0, height as number), slid(1, width as number), channels];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return Object.assign(super.getConfig(), this.args);
  }

  /** The image with this value around it. */
  protected padded(image: tf.Tensor4D, value: number): tf.Tensor4D {
    return tf.pad(image, [[0, 0], ...this.args.padding, [0, 0]], value);
  }
}
`;

export const paddedPooling2D: Helper = { name: 'PaddedPooling2D', imports: [], source: args };

export const paddedMaxPooling2D: Helper = {
  name: 'PaddedMaxPooling2D',
  imports: [],
  source: `/** The largest value of each window; the padding never is. */
export class PaddedMaxPooling2D extends PaddedPooling2D {
  static readonly className = 'PaddedMaxPooling2D';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const image = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const { poolSize, strides } = this.args;
      return tf.maxPool(this.padded(image, -Infinity), poolSize, strides, 'valid');
    });
  }
}
tf.serialization.registerClass(PaddedMaxPooling2D);
`,
};

export const maskedAveragePooling2D: Helper = {
  name: 'MaskedAveragePooling2D',
  imports: [],
  source: `/** The mean of each window over the image alone, forward and backward. */
export class MaskedAveragePooling2D extends PaddedPooling2D {
  static readonly className = 'MaskedAveragePooling2D';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const image = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const mean = (whole: tf.Tensor4D): tf.Tensor4D =>
        tf.avgPool(this.padded(whole, 0), this.args.poolSize, this.args.strides, 'valid');
      const inside = mean(tf.ones([1, image.shape[1], image.shape[2], 1]));
      return tf.div(mean(image), inside);
    });
  }
}
tf.serialization.registerClass(MaskedAveragePooling2D);
`,
};
