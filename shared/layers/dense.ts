/** A matrix product over the last axis: every unit sees every feature. */
import { initialiser, type WeightSpec } from '../ir/initialiser';
import type { EmitInput, GraphEmission, CodeEmission } from '../ir/emit/emission';
import { reorder, twin, permute } from '../ir/emit/transform';
import { code, call } from '../ir/emit/code';
import { boolean, integer } from '../ir/params';
import { batchOf } from '../ir/tensorType';
import { defineLayer } from './define';
import { affine } from './kit/affine';
import { knownChannels } from './kit/knownChannels';
import { elementsOf, lastSize } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { initialiserOf } from './kit/tfjs/initialiserOf';
import { kerasLayer } from './kit/keras/layer';
import { kerasInitialisers } from './kit/keras/initialisers';
import { draw } from './kit/pytorch/draws';

export const dense = defineLayer({
  type: 'Dense',
  title: 'Dense',
  group: 'dense',
  aliases: ['Linear', 'Fully Connected', 'Affine'],
  summary: 'Weighted sums of the features plus a bias; on inputs of more axes, of the last one at every position.',
  params: {
    units: integer({ default: 32, min: 1, help: 'Size of the last axis of the output.' }),
    bias: boolean({ default: true, help: 'Add a trainable number to every unit.' }),
    kernelInitialiser: initialiser({ default: 'glorotUniform', help: 'First values of the kernel.' }),
    biasInitialiser: initialiser({ default: 'zeros', help: 'First values of the bias.' }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: ({ units }, inputs) => {
    const features = knownChannels('Dense', inputs, 'features');
    if (typeof features !== 'number') return features;
    const { dims } = inputs.input!;
    const last = dims[dims.length - 1]!;
    return { output: { dtype: 'float32', dims: [...dims.slice(0, -1), { name: last.name, size: units }] } };
  },
  weights: ({ units, bias, kernelInitialiser, biasInitialiser }, inputs): Record<string, WeightSpec> => {
    const features = lastSize(inputs.input!);
    const kernel = { shape: [features, units], initialiser: kernelInitialiser, trainable: true, decayed: true };
    const offsets = { shape: [units], initialiser: biasInitialiser, trainable: true, decayed: false };
    return bias ? { kernel, bias: offsets } : { kernel };
  },
  cost: ({ units }, inputs) => {
    const elements = elementsOf(inputs.input!);
    const outputs = (elements / lastSize(inputs.input!)) * units;
    return { macs: elements * units, saved: outputs };
  },
  build: (ops, { inputs, weights }) => {
    return { outputs: { output: affine(ops, inputs.input!, weights.kernel!, weights.bias) } };
  },
  emit: {
    layout: { axes: 'canonical', order: 'absorbs' },
    pytorch: ({ params: { units }, inputs, weights: { kernel, bias } }) => ({
      member: call(code`nn.Linear`, [lastSize(inputs.input!.type), units], { bias: bias ? undefined : false }),
      weights: [
        twin('weight', 'kernel', [...reorder(0, inputs.input!.layout.order), permute([1, 0])]),
        ...(bias ? [twin('bias', 'bias')] : []),
      ],
      initialise: { of: code`nn.Linear`, draws: [draw('weight', kernel!), ...(bias ? [draw('bias', bias)] : [])] },
    }),
    keras: ({ params: { units }, weights }) =>
      kerasLayer(
        code`layers.Dense`,
        [units],
        {
          use_bias: weights.bias ? undefined : false,
          ...kerasInitialisers(weights, { kernel: 'glorotUniform', bias: 'zeros' }),
        },
        Object.keys(weights),
      ),
    onnx: ({ params, inputs }) => onnxOf(params.bias, inputs.input!),
    tfjs: ({ params, weights }) => tfjsOf(params.units, weights),
  },
  examples: [
    {
      name: 'features',
      params: { units: 4 },
      inputs: { input: batchOf([3]) },
      outputs: { output: batchOf([4]) },
      trainable: 16,
      nonTrainable: 0,
      macs: 12,
    },
    {
      name: 'without bias',
      params: { units: 2, bias: false },
      inputs: { input: batchOf([5]) },
      outputs: { output: batchOf([2]) },
      trainable: 10,
      nonTrainable: 0,
      macs: 10,
    },
    {
      name: 'every step of a sequence',
      params: { units: 6 },
      inputs: { input: batchOf([3, 4]) },
      outputs: { output: batchOf([3, 6]) },
      trainable: 30,
      nonTrainable: 0,
      macs: 72,
    },
    {
      name: 'every pixel',
      params: { units: 2 },
      inputs: { input: batchOf([2, 3, 4]) },
      outputs: { output: batchOf([2, 3, 2]) },
      trainable: 10,
      nonTrainable: 0,
      macs: 48,
    },
  ],
});

function onnxOf(bias: boolean, { type, layout }: EmitInput): GraphEmission {
  const weights = [twin('weight', 'kernel', reorder(0, layout.order)), ...(bias ? [twin('bias', 'bias')] : [])];
  return {
    weights,
    build: (graph, { input }) => {
      const kernel = graph.weight('weight');
      if (!bias) return { output: graph.node('MatMul', [input!, kernel]) };
      if (type.dims.length === 2) return { output: graph.node('Gemm', [input!, kernel, graph.weight('bias')]) };
      return { output: graph.node('Add', [graph.node('MatMul', [input!, kernel]), graph.weight('bias')]) };
    },
  };
}

function tfjsOf(units: number, specs: Record<string, WeightSpec>): CodeEmission {
  const settings = {
    units,
    useBias: specs.bias ? undefined : false,
    kernelInitializer: initialiserOf(specs.kernel, null),
    biasInitializer: initialiserOf(specs.bias, 'zeros'),
  };
  const weights = Object.keys(specs).map((name) => twin(name, name));
  return tfjsLayer(code`tf.layers.dense`, settings, weights);
}
