/** The class with which generated TensorFlow.js code attends: the library exports no layer for it. */
import type { Helper } from '../../../ir/emit/emission';

export const multiHeadAttentionClass: Helper = {
  name: 'MultiHeadAttention',
  imports: [],
  source: `interface MultiHeadAttentionArgs extends LayerArgs {
  heads: number;
  keyFeatures: number;
  /** Features of the output; as many as the query has where none are given. */
  features?: number;
  /** Position t sees only positions up to t. */
  causal?: boolean;
  useBias?: boolean;
  dropout?: number;
  kernelInitializer?: Initializer;
  biasInitializer?: Initializer;
  /** Of the output's bias, where it is another. */
  outputBiasInitializer?: Initializer;
}

/** Scaled dot-product attention: of a query [batch, time, features], or of [query, value, key]. */
export class MultiHeadAttention extends tf.layers.Layer {
  static readonly className = 'MultiHeadAttention';
  private readonly args: MultiHeadAttentionArgs;
  /** Of the attention weights that fall out in training. */
  private readonly rate: number;
  private readonly kernels: Record<string, tf.LayerVariable> = {};
  private readonly biases: Record<string, tf.LayerVariable> = {};

  constructor(args: MultiHeadAttentionArgs) {
    super(args);
    this.args = args;
    this.rate = args.dropout ?? 0;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { heads, keyFeatures, features, useBias = true } = this.args;
    const { kernelInitializer = tf.initializers.glorotUniform({}) } = this.args;
    const { biasInitializer = tf.initializers.zeros() } = this.args;
    const { outputBiasInitializer = biasInitializer } = this.args;
    const [query, value, key] = sources(shapesOf(inputShape)).map((shape) => shape[2] as number);
    const width = heads * keyFeatures;
    const shapes = {
      query: [query, width],
      key: [key, width],
      value: [value, width],
      output: [width, features ?? query],
    };
    for (const [name, shape] of Object.entries(shapes)) {
      this.kernels[name] = this.addWeight(\`\${name}_kernel\`, shape, 'float32', kernelInitializer);
      if (!useBias) continue;
      const first = name === 'output' ? outputBiasInitializer : biasInitializer;
      this.biases[name] = this.addWeight(\`\${name}_bias\`, [shape[1]], 'float32', first);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, time, width] = shapesOf(inputShape)[0];
    return [batch, time, this.args.features ?? width];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const [query, value, key] = sources(Array.isArray(inputs) ? inputs : [inputs]);
      const { keyFeatures, causal = false } = this.args;
      const scaled = tf.mul(this.project('query', query), 1 / Math.sqrt(keyFeatures));
      let scores = tf.matMul(this.split(scaled), this.split(this.project('key', key)), false, true);
      if (causal) {
        const all = tf.ones([query.shape[1] as number, value.shape[1] as number]);
        const seen = tf.linalg.bandPart(all, -1, 0);
        scores = tf.add(scores, tf.mul(tf.sub(seen, 1), 1e9));
      }
      let attention = tf.softmax(scores);
      if (kwargs.training && this.rate > 0) attention = tf.dropout(attention, this.rate);
      const gathered = tf.matMul(attention, this.split(this.project('value', value)));
      const [batch, heads, time, width] = gathered.shape;
      const joined = tf.reshape(tf.transpose(gathered, [0, 2, 1, 3]), [batch, time, heads * width]);
      return this.project('output', joined);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const drawn = ['kernelInitializer', 'biasInitializer', 'outputBiasInitializer'];
    const kept = Object.entries(this.args).filter(([name]) => !drawn.includes(name));
    return Object.assign(super.getConfig(), Object.fromEntries(kept));
  }

  /** [batch, time, features] to [batch, time, units]. */
  private project(name: string, input: tf.Tensor): tf.Tensor {
    const [batch, time, features] = input.shape;
    const kernel = this.kernels[name].read();
    const product = tf.matMul(tf.reshape(input, [batch * time, features]), kernel);
    const bias = this.biases[name]?.read();
    return tf.reshape(bias ? tf.add(product, bias) : product, [batch, time, -1]);
  }

  /** [batch, time, heads * features] to [batch, heads, time, features]. */
  private split(input: tf.Tensor): tf.Tensor {
    const [batch, time] = input.shape;
    const { heads, keyFeatures } = this.args;
    return tf.transpose(tf.reshape(input, [batch, time, heads, keyFeatures]), [0, 2, 1, 3]);
  }
}
tf.serialization.registerClass(MultiHeadAttention);

/** Query, value and key: the value is the query and the key is the value where they are not given. */
function sources<T>([query, value = query, key = value]: T[]): [T, T, T] {
  return [query, value, key];
}

function shapesOf(shape: tf.Shape | tf.Shape[]): tf.Shape[] {
  return Array.isArray(shape[0]) ? (shape as tf.Shape[]) : [shape as tf.Shape];
}
`,
};
