/** A table of features looked up by index: words, users, categories. */
import { twin } from '../ir/emit/transform';
import { code, call } from '../ir/emit/code';
import { initialiser } from '../ir/initialiser';
import { integer } from '../ir/params';
import { batchOf, formatType, type Dim } from '../ir/tensorType';
import { problem } from '../messages';
import { defineLayer } from './define';
import { tfjsLayer } from './kit/tfjs/twin';
import { initialiserOf } from './kit/tfjs/initialiserOf';
import { kerasLayer } from './kit/keras/layer';
import { kerasInitialisers } from './kit/keras/initialisers';
import { draw } from './kit/pytorch/draws';

export const embedding = defineLayer({
  type: 'Embedding',
  title: 'Embedding',
  group: 'sequence',
  aliases: ['Lookup', 'Word Vectors'],
  summary: 'Replaces every index by a trainable row of features.',
  params: {
    vocabulary: integer({ default: 1000, min: 1, help: 'Number of different indices: 0 to vocabulary - 1.' }),
    features: integer({ default: 32, min: 1, help: 'Features of one index.' }),
    initialiser: initialiser({
      default: 'uniform',
      help: 'First values of the table (uniform: between -0.05 and 0.05).',
    }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: ({ features }, inputs) => {
    const type = inputs.input!;
    if (type.dtype !== 'int32') {
      const args = { layer: 'Embedding', expected: 'int32 (indices)', received: formatType(type) };
      return problem('wrongDataType', args, { port: 'input' });
    }
    // [batch, time] -> [batch, time, features]: an axis of features that were indices is now time.
    const before = type.dims.map((dim): Dim => (dim.name === 'features' ? { ...dim, name: 'time' } : dim));
    return { output: { dtype: 'float32', dims: [...before, { name: 'features', size: features }] } };
  },
  weights: ({ vocabulary, features, initialiser: first }) => ({
    embeddings: { shape: [vocabulary, features], initialiser: first, trainable: true, decayed: true },
  }),
  cost: () => ({ macs: 0 }),
  // The gradient adds the rows of equal indices. An index outside the table is an error of the engine at the latest.
  build: (ops, { inputs, weights }) => {
    const indices = inputs.input!;
    const table = weights.embeddings!;
    const rows = ops.gather(table, ops.reshape(indices, [indices.size]));
    return { outputs: { output: ops.reshape(rows, [...indices.shape, table.shape[1]!]) } };
  },
  emit: {
    layout: { axes: 'canonical', order: 'refuses' },
    pytorch: ({ params: { vocabulary, features }, weights }) => ({
      member: call(code`nn.Embedding`, [vocabulary, features]),
      weights: [twin('weight', 'embeddings')],
      initialise: { of: code`nn.Embedding`, draws: [draw('weight', weights.embeddings!)] },
    }),
    keras: ({ params: { vocabulary, features }, weights }) =>
      kerasLayer(
        code`layers.Embedding`,
        [vocabulary, features],
        kerasInitialisers(weights, { embeddings: 'uniform' }),
        ['embeddings'],
      ),
    onnx: () => ({
      weights: [twin('weight', 'embeddings')],
      build: (graph, { input }) => ({ output: graph.node('Gather', [graph.weight('weight'), input!], { axis: 0 }) }),
    }),
    tfjs: ({ params: { vocabulary, features }, weights }) =>
      tfjsLayer(
        code`tf.layers.embedding`,
        {
          inputDim: vocabulary,
          outputDim: features,
          embeddingsInitializer: initialiserOf(weights.embeddings, 'uniform'),
        },
        [twin('embeddings', 'embeddings')],
      ),
  },
  examples: [
    {
      name: 'a sequence of words',
      params: { vocabulary: 11, features: 3 },
      inputs: { input: batchOf([4], 'int32') },
      outputs: { output: batchOf([4, 3]) },
      trainable: 33,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'one category a sample',
      params: { vocabulary: 5, features: 2 },
      inputs: { input: batchOf([], 'int32') },
      outputs: { output: batchOf([2]) },
      trainable: 10,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'several sequences a sample',
      params: { vocabulary: 7, features: 4 },
      inputs: { input: batchOf([2, 3], 'int32') },
      outputs: { output: batchOf([2, 3, 4], 'float32', ['time', 'time', 'features']) },
      trainable: 28,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
