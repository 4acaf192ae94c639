/** Attention of several heads: every position of the query gathers from the positions of the value that it matches. */
import type { Initialiser, WeightSpec } from '../../ir/initialiser';
import { initialiser } from '../../ir/initialiser';
import type { LayerCost, Types } from '../../ir/layerDefinition';
import { boolean, integer, number, optional } from '../../ir/params';
import type { TensorType } from '../../ir/tensorType';
import { defineLayer } from '../define';
import { countOf, lastSize } from '../kit/typeChecks';
import { tfjsClass } from '../kit/tfjs/twin';
import { initialiserObjectOf } from '../kit/tfjs/initialiserOf';
import { multiHeadAttentionClass } from '../kit/tfjs/multiHeadAttention';
import { attend } from './attend';
import { attentionExamples } from './attentionExamples';
import { attentionProblem } from './attentionProblem';
import { onnxAttention } from './onnxAttention';
import { call, code, type Call } from '../../ir/emit/code';
import type { CodeEmission } from '../../ir/emit/emission';
import { twin } from '../../ir/emit/transform';
import { kerasAttention } from './kerasAttention';
import { pytorchAttention } from './pytorchAttention';

export const multiHeadAttention = defineLayer({
  type: 'MultiHeadAttention',
  title: 'Multi-head attention',
  group: 'sequence',
  aliases: ['Self-Attention', 'Cross-Attention', 'Transformer', 'MHA'],
  summary:
    'Scaled dot-product attention in several heads. With only the query wired it is self-attention; value (and key) make it cross-attention.',
  params: {
    heads: integer({ default: 4, min: 1, max: 1024, help: 'Number of heads.' }),
    keyFeatures: integer({ default: 16, min: 1, help: 'Features of query, key and value in each head.' }),
    features: optional(integer({ default: 1, min: 1, help: '' }), {
      default: null,
      help: 'Features of the output; null: as many as the query has.',
    }),
    causal: boolean({ default: false, help: 'Position t sees only positions up to t of key and value.' }),
    bias: boolean({ default: true, help: 'Add a trainable number to every feature of all four projections.' }),
    dropout: number({ default: 0, min: 0, below: 1, help: 'Part of the attention weights set to zero in training.' }),
    kernelInitialiser: initialiser({ default: 'glorotUniform', help: 'First values of the four kernels.' }),
    biasInitialiser: initialiser({ default: 'zeros', help: 'First values of the four biases.' }),
  },
  inputs: [
    { name: 'query', help: 'batch×time×features: what looks.' },
    { name: 'value', minimum: 0, help: 'batch×time×features: what is gathered; without a wire, the query.' },
    { name: 'key', minimum: 0, help: 'batch×time×features: what is matched; without a wire, the value.' },
  ],
  outputs: [{ name: 'output' }],
  infer: ({ features }, inputs) => {
    const wrong = attentionProblem(inputs);
    if (wrong) return wrong;
    const query = inputs.query!;
    const last = { ...query.dims[2]!, size: features ?? lastSize(query) };
    return { output: { dtype: 'float32', dims: [query.dims[0]!, query.dims[1]!, last] } };
  },
  weights: (params, inputs) => attentionWeights(params, inputs),
  cost: (params, inputs, outputs) => attentionCost(params, inputs, outputs),
  build: (ops, context) => {
    const { query } = context.inputs;
    const value = context.inputs.value ?? query!;
    return { outputs: { output: attend(ops, { ...context, query: query!, value, key: context.inputs.key ?? value }) } };
  },
  emit: {
    layout: { axes: 'canonical', order: 'refuses' },
    pytorch: (context) => pytorchAttention(context),
    keras: (context) => kerasAttention(context),
    onnx: ({ params, inputs }) => onnxAttention(params, inputs),
    tfjs: ({ params, inputs, weights }) => tfjsOf(params, Object.keys(inputs), weights),
  },
  examples: attentionExamples,
});

/** The three sources, each filled in where it has no wire. */
function sources(inputs: Types): { query: TensorType; value: TensorType; key: TensorType } {
  const query = inputs.query!;
  const value = inputs.value ?? query;
  return { query, value, key: inputs.key ?? value };
}

function attentionCost(params: CostParams, inputs: Types, outputs: Types): LayerCost {
  const { query, value, key } = sources(inputs);
  const width = params.heads * params.keyFeatures;
  const [from, to] = [countOf(query.dims[1]), countOf(value.dims[1])];
  const results = from * lastSize(outputs.output!);
  const scores = params.heads * from * to;
  const projections = from * lastSize(query) + to * (lastSize(key) + lastSize(value));
  const macs = projections * width + 2 * scores * params.keyFeatures + results * width;
  // Kept: query, key and value whole and split into heads, the query also scaled; what the heads gather, apart and joined;
  // the results. Of the scores: the attention weights, the masked ones, the dropped ones and their mask.
  const ofScores = 1 + (params.causal ? 1 : 0) + (params.dropout > 0 ? 2 : 0);
  const saved = width * (5 * from + 4 * to) + results + scores * ofScores;
  return { macs, saved, workspace: 2 * scores };
}

interface CostParams {
  heads: number;
  keyFeatures: number;
  causal: boolean;
  dropout: number;
}

interface ProjectionParams {
  heads: number;
  keyFeatures: number;
  features: number | null;
  bias: boolean;
  kernelInitialiser: Initialiser;
  biasInitialiser: Initialiser;
}

function attentionWeights(params: ProjectionParams, inputs: Types): Record<string, WeightSpec> {
  const { query, value, key } = sources(inputs);
  const width = params.heads * params.keyFeatures;
  const projections = [
    ['query', lastSize(query), width],
    ['key', lastSize(key), width],
    ['value', lastSize(value), width],
    ['output', width, params.features ?? lastSize(query)],
  ] as const;
  const weights: Record<string, WeightSpec> = {};
  for (const [name, from, to] of projections) {
    const common = { trainable: true, decayed: true };
    weights[`${name}Kernel`] = { ...common, shape: [from, to], initialiser: params.kernelInitialiser };
    if (params.bias)
      weights[`${name}Bias`] = { trainable: true, decayed: false, shape: [to], initialiser: params.biasInitialiser };
  }
  return weights;
}

/** The library exports no layer of attention. */
function tfjsOf(
  params: CostParams & ProjectionParams,
  ports: readonly string[],
  specs: Record<string, WeightSpec>,
): CodeEmission {
  const sameFans = specs.outputBias?.shape.join() === specs.queryBias?.shape.join();
  const settings = {
    heads: params.heads,
    keyFeatures: params.keyFeatures,
    features: params.features ?? undefined,
    causal: params.causal || undefined,
    useBias: params.bias ? undefined : false,
    dropout: params.dropout || undefined,
    kernelInitializer: initialiserObjectOf(specs.queryKernel, 'glorotUniform'),
    biasInitializer: initialiserObjectOf(specs.queryBias, 'zeros'),
    outputBiasInitializer: sameFans ? undefined : initialiserObjectOf(specs.outputBias, 'zeros'),
  };
  const weights = Object.keys(specs).map((name) =>
    twin(
      name.replace(/(Kernel|Bias)$/, (part) => `_${part.toLowerCase()}`),
      name,
    ),
  );
  const emission = tfjsClass(code`new MultiHeadAttention`, [multiHeadAttentionClass], settings, weights);
  if (ports.length === 1)
    return { ...emission, call: ({ inputs, member }) => call(code`apply`, [member, inputs.query!]) };
  return {
    ...emission,
    call: ({ inputs, member }): Call => {
      const { query, value, key } = inputs;
      return call(code`apply`, [member, query!, value!, ...(key ? [key] : [])]);
    },
  };
}
