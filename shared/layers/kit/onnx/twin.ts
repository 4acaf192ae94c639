/** What twins in ONNX share: a single operator, a chain of one, and how a sliding window is written. */
import type { Attribute, GraphEmission } from '../../../ir/emit/emission';
import type { Padding, Pair } from '../spatial';
import { manyOf } from '../typeChecks';

type Attributes = Readonly<Record<string, Attribute>>;

/** One operator from `input` to `output`. Further inputs are weights, by their names. */
export function onnxOperator(
  operator: string,
  attributes?: Attributes,
  weights: GraphEmission['weights'] = [],
): GraphEmission {
  return {
    weights,
    build: (graph, { input }) => {
      const inputs = [input!, ...weights.map(({ theirs }) => graph.weight(theirs))];
      return { output: graph.node(operator, inputs, attributes) };
    },
  };
}

/** An operator of two inputs over any number of them, from the left. */
export function onnxChain(operator: string): GraphEmission {
  return {
    build: (graph, inputs) => {
      const parts = manyOf({ ...inputs }, 'input').map(({ value }) => value);
      return { output: parts.reduce((left, right) => graph.node(operator, [left, right])) };
    },
  };
}

/** The value itself, without a node. */
export const onnxPassed: GraphEmission = { build: (_graph, { input }) => ({ output: input! }) };

interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilation?: Pair;
  readonly padding: Padding;
}

/** What is as ONNX has it anyway is left out. */
export function onnxWindow({ size, strides, dilation = [1, 1], padding }: Window): Record<string, Attribute> {
  const { top, bottom, left, right } = padding;
  const plain = (pair: Pair): boolean => pair[0] === 1 && pair[1] === 1;
  return {
    kernel_shape: [...size],
    ...(plain(strides) ? {} : { strides: [...strides] }),
    ...(plain(dilation) ? {} : { dilations: [...dilation] }),
    ...(top + bottom + left + right === 0 ? {} : { pads: [top, left, bottom, right] }),
  };
}
