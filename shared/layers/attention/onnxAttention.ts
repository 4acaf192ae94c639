/** Attention in ONNX: products and a softmax, for opsets that have no operator for it. */
import type { EmitInput, GraphEmission, GraphWriter, Unsupported } from '../../ir/emit/emission';
import { twin } from '../../ir/emit/transform';

interface Params {
  readonly heads: number;
  readonly keyFeatures: number;
  readonly causal: boolean;
  readonly bias: boolean;
}

const projections = ['query', 'key', 'value', 'output'] as const;

type Projection = (typeof projections)[number];

export function onnxAttention(params: Params, given: Readonly<Record<string, EmitInput>>): GraphEmission | Unsupported {
  const { heads, keyFeatures, bias } = params;
  const lengths = [given.query, given.value ?? given.query].map((input) => input?.type.dims[1]?.size);
  const [from, to] = lengths;
  if (params.causal && (typeof from !== 'number' || typeof to !== 'number'))
    return {
      unsupported: 'Causal attention over a length in time that is not known has no mask that could be written out.',
      instead: 'Give the Input a fixed length in time.',
    };
  const weights = projections.flatMap((name) => [
    twin(`${name}_weight`, `${name}Kernel`),
    ...(bias ? [twin(`${name}_bias`, `${name}Bias`)] : []),
  ]);
  const build: GraphEmission['build'] = (graph, inputs) => {
    const query = inputs.query!;
    const value = inputs.value ?? query;
    const key = inputs.key ?? value;
    const project = (name: Projection, x: string): string => {
      const product = graph.node('MatMul', [x, graph.weight(`${name}_weight`)]);
      return bias ? graph.node('Add', [product, graph.weight(`${name}_bias`)]) : product;
    };
    // [batch, time, heads * width] -> [batch, heads, time, width], the keys [batch, heads, width, time].
    const split = (x: string, perm: readonly number[]): string =>
      graph.node('Transpose', [graph.node('Reshape', [x, graph.constant([0, 0, heads, keyFeatures])])], { perm });
    const scale = graph.constant([1 / Math.sqrt(keyFeatures)], [], 'float32');
    const queries = split(graph.node('Mul', [project('query', query), scale]), [0, 2, 1, 3]);
    const scores = graph.node('MatMul', [queries, split(project('key', key), [0, 2, 3, 1])]);
    const seen = params.causal ? masked(graph, scores, from as number, to as number) : scores;
    const attention = graph.node('Softmax', [seen], { axis: -1 });
    const gathered = graph.node('MatMul', [attention, split(project('value', value), [0, 2, 1, 3])]);
    const joined = graph.node('Transpose', [gathered], { perm: [0, 2, 1, 3] });
    const rows = graph.node('Reshape', [joined, graph.constant([0, 0, heads * keyFeatures])]);
    return { output: project('output', rows) };
  };
  return { weights, build };
}

/** Position t of the query sees positions up to t; the others score so low that their softmax is 0 in float32. */
function masked(graph: GraphWriter, scores: string, from: number, to: number): string {
  const count = (length: number): number[] => Array.from({ length }, (_, at) => at);
  const visible = graph.node('LessOrEqual', [
    graph.constant(count(to), [1, to]),
    graph.constant(count(from), [from, 1]),
  ]);
  return graph.node('Where', [visible, scores, graph.constant([-1e9], [], 'float32')]);
}
