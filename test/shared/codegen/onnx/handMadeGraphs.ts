/** Graphs written by hand, each beside the layer of ours that computes the same; images come and go channels last. */
import { createGraph, type OnnxGraph } from '../../../../shared/codegen/onnx/createGraph';
import type { OnnxModel } from '../../../../shared/codegen/onnx/model';
import type { LayerDefinition } from '../../../../shared/ir/layerDefinition';
import { conv2D } from '../../../../shared/layers/conv2D';
import { dense } from '../../../../shared/layers/dense';
import { gelu } from '../../../../shared/layers/gelu';
import { globalAveragePool2D } from '../../../../shared/layers/globalAveragePool2D';
import { layerNorm } from '../../../../shared/layers/layerNorm';
import { multiHeadAttention } from '../../../../shared/layers/attention/multiHeadAttention';
import { zeroPadding2D } from '../../../../shared/layers/zeroPadding2D';
import type { ExampleCase } from '../../../contract/harness/exampleCase';

type Scope = ReturnType<OnnxGraph['scope']>;

/** What a graph is written with: its scope, the names of weights, and the parameters of the example. */
interface Parts {
  graph: Scope;
  x: string;
  weight: (name: string) => string;
  example: ExampleCase;
}

export interface HandMade {
  definition: LayerDefinition;
  example: string;
  write: (parts: Parts) => string;
}

const channelsFirst = { perm: [0, 3, 1, 2] };
const channelsLast = { perm: [0, 2, 3, 1] };

export const handMade: readonly HandMade[] = [
  {
    definition: conv2D,
    example: 'same padding at stride 2, more at the bottom and right',
    write: ({ graph, x, weight }) => {
      const kernel = graph.node('Transpose', [weight('kernel')], { perm: [3, 2, 0, 1] });
      const images = graph.node('Transpose', [x], channelsFirst);
      const attributes = { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 1, 1, 1] };
      return graph.node('Transpose', [graph.node('Conv', [images, kernel, weight('bias')], attributes)], channelsLast);
    },
  },
  {
    definition: zeroPadding2D,
    example: 'every side for itself',
    write: ({ graph, x }) => graph.node('Pad', [x, graph.constant([0, 0, 2, 0, 0, 1, 3, 0])]),
  },
  {
    definition: dense,
    example: 'features',
    write: ({ graph, x, weight }) => graph.node('Gemm', [x, weight('kernel'), weight('bias')]),
  },
  {
    definition: gelu,
    example: 'features',
    write: ({ graph, x }) => graph.node('Gelu', [x]),
  },
  {
    definition: gelu,
    example: 'variant 1',
    write: ({ graph, x }) => graph.node('Gelu', [x], { approximate: 'tanh' }),
  },
  {
    definition: layerNorm,
    example: 'over the channels of an image, another epsilon',
    write: ({ graph, x, weight }) =>
      graph.node('LayerNormalization', [x, weight('gamma'), weight('beta')], { axis: -1, epsilon: { float: 1e-5 } }),
  },
  {
    definition: globalAveragePool2D,
    example: 'an image of three channels',
    write: ({ graph, x }) => graph.node('ReduceMean', [x, graph.constant([1, 2])], { keepdims: 0 }),
  },
  {
    definition: multiHeadAttention,
    example: 'self-attention',
    write: attention,
  },
];

/** Two heads of three features each, over three positions. */
function attention({ graph, x, weight }: Parts): string {
  const project = (name: string, from: string): string =>
    graph.node('Add', [graph.node('MatMul', [from, weight(`${name}Kernel`)]), weight(`${name}Bias`)]);
  const heads = (name: string, perm: number[]): string =>
    graph.node('Transpose', [graph.node('Reshape', [project(name, x), graph.constant([0, 0, 2, 3])])], { perm });
  const products = graph.node('MatMul', [heads('query', [0, 2, 1, 3]), heads('key', [0, 2, 3, 1])]);
  const scores = graph.node('Mul', [products, graph.constant([1 / Math.sqrt(3)], [], 'float32')]);
  const weights = graph.node('Softmax', [scores], { axis: -1 });
  const gathered = graph.node('MatMul', [weights, heads('value', [0, 2, 1, 3])]);
  const together = graph.node('Transpose', [gathered], { perm: [0, 2, 1, 3] });
  return project('output', graph.node('Reshape', [together, graph.constant([0, 0, 6])]));
}

export function header(opset: number, name = 'by hand'): Parameters<typeof createGraph>[0] {
  const producer = { name: 'netloom', version: '0.0.0' };
  return { name, opset, producer, documentation: `${name}, for a test`, metadata: { design: name } };
}

/** The case as a model; the batch is a symbol. */
export function modelOf({ definition, write }: HandMade, example: ExampleCase, opset: number): OnnxModel {
  const model = createGraph(header(opset, definition.type));
  const [port] = Object.keys(example.inputs) as [string];
  const { shape, dtype } = example.inputs[port]!;
  const x = model.input(port, dtype, ['batch', ...shape.slice(1)]);
  const origin = { path: 'stage/layer', name: `the ${definition.title}` };
  const weights = Object.fromEntries(
    Object.entries(example.weights).map(([name, weight]) => [
      name,
      model.initialiser(`layer_${name}`, 'float32', weight.shape, weight.values, origin),
    ]),
  );
  const result = write({ graph: model.scope('layer', origin), x, weight: (name) => weights[name]!, example });
  model.output('output', result, 'float32', ['batch', ...example.upstream.output!.shape.slice(1)], origin);
  return model.finish();
}
