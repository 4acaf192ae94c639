/** The operators of ONNX that graphs are made of, as opset 21 has them; `opsets.ts` says them in older ones. */
import type { OnnxAttribute } from './model';

type Kind = 'int' | 'float' | 'ints' | 'string';

export interface Operator {
  /** Inputs at least and at most. */
  readonly inputs: readonly [number, number];
  readonly attributes: Readonly<Record<string, Kind>>;
}

const many = Number.MAX_SAFE_INTEGER;
const window = { kernel_shape: 'ints', strides: 'ints', pads: 'ints', dilations: 'ints' } as const;

function plain(count: number): Operator {
  return { inputs: [count, count], attributes: {} };
}

export const operators: Readonly<Record<string, Operator>> = {
  Add: plain(2),
  AveragePool: { inputs: [1, 1], attributes: { ...window, count_include_pad: 'int' } },
  BatchNormalization: { inputs: [5, 5], attributes: { epsilon: 'float' } },
  Concat: { inputs: [1, many], attributes: { axis: 'int' } },
  Conv: { inputs: [2, 3], attributes: { ...window, group: 'int' } },
  Erf: plain(1),
  Flatten: { inputs: [1, 1], attributes: { axis: 'int' } },
  Gather: { inputs: [2, 2], attributes: { axis: 'int' } },
  Gelu: { inputs: [1, 1], attributes: { approximate: 'string' } },
  Gemm: { inputs: [2, 3], attributes: { alpha: 'float', beta: 'float', transA: 'int', transB: 'int' } },
  GlobalAveragePool: plain(1),
  GroupNormalization: { inputs: [3, 3], attributes: { num_groups: 'int', epsilon: 'float' } },
  Identity: plain(1),
  InstanceNormalization: { inputs: [3, 3], attributes: { epsilon: 'float' } },
  LayerNormalization: { inputs: [2, 3], attributes: { axis: 'int', epsilon: 'float' } },
  LeakyRelu: { inputs: [1, 1], attributes: { alpha: 'float' } },
  LessOrEqual: plain(2),
  MatMul: plain(2),
  MaxPool: { inputs: [1, 1], attributes: window },
  Mul: plain(2),
  Neg: plain(1),
  Pad: { inputs: [2, 4], attributes: { mode: 'string' } },
  ReduceMean: { inputs: [1, 2], attributes: { keepdims: 'int' } },
  Relu: plain(1),
  Reshape: { inputs: [2, 2], attributes: { allowzero: 'int' } },
  Shape: plain(1),
  Sigmoid: plain(1),
  Slice: { inputs: [3, 5], attributes: {} },
  Softmax: { inputs: [1, 1], attributes: { axis: 'int' } },
  Split: { inputs: [1, 2], attributes: { axis: 'int', num_outputs: 'int' } },
  Tanh: plain(1),
  Transpose: { inputs: [1, 1], attributes: { perm: 'ints' } },
  Unsqueeze: plain(2),
  Where: plain(3),
};

/** Throws where a node is not one of those above: the definition that asks for it is wrong, not the design. */
export function checkNode(
  operator: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>>,
): void {
  const known = operators[operator];
  if (!known) throw new Error(`${operator} is no operator of the table`);
  const [least, most] = known.inputs;
  if (inputs.length < least || inputs.length > most)
    throw new Error(`${operator} takes ${least} to ${most} inputs, not ${inputs.length}`);
  for (const [name, value] of Object.entries(attributes))
    if (known.attributes[name] !== kindOf(value))
      throw new Error(`${operator} has no attribute ${name} of kind ${kindOf(value)}`);
}

export function kindOf(value: OnnxAttribute): Kind {
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'string';
  return 'float' in value ? 'float' : 'ints';
}
