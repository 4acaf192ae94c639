/** The class with which generated TensorFlow.js code convolves where tf.layers.conv2d cannot. */
import type { Helper } from '../../../ir/emit/emission';

export const groupedConv2D: Helper = {
  name: 'GroupedConv2D',
  imports: [],
  source: `interface GroupedConv2DArgs extends LayerArgs {
  filters: number;
  kernelSize: Pair;
  strides?: Pair;
  /** Rows of zeros above and below, columns of zeros left and right. */
  padding?: [Pair, Pair];
  dilation?: Pair;
  groups?: number;
  useBias?: boolean;
  kernelInitializer?: Initializer;
  biasInitializer?: Initializer;
}

/**
 * A convolution with what tf.layers.conv2d lacks: groups of channels that do not see each other, a
 * stride of its own in each direction, and gradients where the kernel is dilated.
 */
export class GroupedConv2D extends tf.layers.Layer {
  static readonly className = 'GroupedConv2D';
  private readonly args: GroupedConv2DArgs;
  private kernel!: tf.LayerVariable;
  private bias?: tf.LayerVariable;

  constructor(args: GroupedConv2DArgs) {
    super(args);
    this.args = args;
  }

  override build(inputShape: tf.Shape): void {
    const { filters, kernelSize, groups = 1, useBias = true } = this.args;
    const { kernelInitializer = tf.initializers.glorotUniform({}) } = this.args;
    const { biasInitializer = tf.initializers.zeros() } = this.args;
    const shape = [...kernelSize, (inputShape[3] as number) / groups, filters];
    this.kernel = this.addWeight('kernel', shape, 'float32', kernelInitializer);
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', biasInitializer);
    this.built = true;
  }

  override computeOutputShape([batch, height, width]: tf.Shape): tf.Shape {
    const [tall, wide] = [this.slid(0, height as number), this.slid(1, width as number)];
    return [batch, tall, wide, this.args.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { strides = [1, 1], padding = noPadding, dilation = [1, 1], groups = 1 } = this.args;
      const image = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const padded = tf.pad(image, [[0, 0], ...padding, [0, 0]]);
      const kernel = dilated(this.kernel.read() as tf.Tensor4D, dilation);
      const slide = (part: tf.Tensor4D, taps: tf.Tensor4D): tf.Tensor4D =>
        tf.conv2d(part, taps, strides, 'valid');
      let result = groups === 1 ? slide(padded, kernel) : null;
      if (!result) {
        const images: tf.Tensor4D[] = tf.split(padded, groups, 3);
        const kernels: tf.Tensor4D[] = tf.split(kernel, groups, 3);
        result = tf.concat(
          images.map((part, group) => slide(part, kernels[group])),
          3,
        );
      }
      return this.bias ? tf.add(result, this.bias.read()) : result;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const initial = { kernelInitializer: undefined, biasInitializer: undefined };
    return Object.assign(super.getConfig(), this.args, initial);
  }

  /** The size of the result along one axis. */
  private slid(axis: 0 | 1, size: number): number {
    const { kernelSize, strides = [1, 1], padding = noPadding, dilation = [1, 1] } = this.args;
    const reach = (kernelSize[axis] - 1) * dilation[axis] + 1;
    return Math.floor((size + padding[axis][0] + padding[axis][1] - reach) / strides[axis]) + 1;
  }
}
tf.serialization.registerClass(GroupedConv2D);

const noPadding: [Pair, Pair] = [
  [0, 0],
  [0, 0],
];

/** The kernel with zeros between its taps. */
function dilated(kernel: tf.Tensor4D, [down, across]: Pair): tf.Tensor4D {
  const [height, width, inputs, filters] = kernel.shape;
  const pixel = inputs * filters;
  const rows = tf.pad(tf.reshape(kernel, [height, 1, width * pixel]), spread(down));
  const taps = tf.pad(tf.reshape(rows, [height * down * width, 1, pixel]), spread(across));
  const whole: tf.Tensor4D = tf.reshape(taps, [height * down, width * across, inputs, filters]);
  const size: [number, number, number, number] = [
    (height - 1) * down + 1,
    (width - 1) * across + 1,
    inputs,
    filters,
  ];
  return tf.slice(whole, [0, 0, 0, 0], size);
}

function spread(dilation: number): Array<Pair> {
  return [
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ];
}
`,
};
