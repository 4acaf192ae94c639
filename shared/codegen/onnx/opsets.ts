/** What differs between the opsets: everything is written as opset 21 has it, and said here in the words of older ones. */
import type { GraphWriter } from '../../ir/emit/emission';
import type { OnnxAttribute } from './model';

export const onnxOpsets = [17, 18, 19, 20, 21] as const;
export const defaultOpset = 18;

/** The version of the file format that came with each opset. */
const irVersions: Record<number, number> = { 17: 8, 18: 8, 19: 9, 20: 9, 21: 10 };

export function irVersionOf(opset: number): number {
  const version = irVersions[opset];
  if (version === undefined) throw new Error(`opset ${opset} is none of ${onnxOpsets.join(', ')}`);
  return version;
}

/** A node as it was asked for, and the graph to say it in; `valuesOf` reads a constant back. */
export interface OlderForm {
  readonly graph: Pick<GraphWriter, 'opset' | 'node' | 'nodes' | 'constant'>;
  readonly inputs: readonly string[];
  readonly outputs: number;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  readonly valuesOf: (constant: string) => readonly number[];
  /** Adds the node as it is, with attributes that opset 21 has no more. */
  readonly add: (inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>>) => string[];
}

interface Change {
  /** The first opset that has the form of opset 21. */
  readonly since: number;
  readonly before: (form: OlderForm) => string[];
}

/** By operator. Reshape, Cast, AveragePool and others changed too, but not in what is used of them. */
const changes: Readonly<Record<string, Change>> = {
  Gelu: { since: 20, before: gelu },
  GroupNormalization: { since: 21, before: groupNormalisation },
  Pad: { since: 18, before: withoutAxes },
  ReduceMean: { since: 18, before: axesAsAttribute },
  Split: { since: 18, before: withoutCount },
};

/** How the opset says the node; null where it has the form of opset 21. */
export function olderForm(operator: string, opset: number): Change['before'] | null {
  const change = changes[operator];
  return change && opset < change.since ? change.before : null;
}

function axesAsAttribute({ inputs: [x, axes], attributes, valuesOf, add }: OlderForm): string[] {
  return add([x as string], axes ? { axes: [...valuesOf(axes)], ...attributes } : attributes);
}

/**
 * All axes, in order: what the pads alone say. Runtimes and optimizers take zeros before a MaxPool for its own padding,
 * which counts as minus infinity; they leave alone a Pad with axes, and one between two signs.
 */
function withoutAxes({ graph, inputs: [x, pads, , axes], attributes, add }: OlderForm): string[] {
  const [input, sizes] = [x as string, pads as string];
  if (!axes) return add([input, sizes], attributes);
  const [padded] = add([graph.node('Neg', [input]), sizes], attributes);
  return [graph.node('Neg', [padded as string])];
}

/** The number of outputs says it. */
function withoutCount({ inputs, attributes, add }: OlderForm): string[] {
  return add(inputs, Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'num_outputs')));
}

/** x (1 + erf(x / sqrt 2)) / 2, or x sigmoid(2 u) with u = sqrt(2/pi) (x + 0.044715 x^3). */
function gelu({ graph, inputs, attributes }: OlderForm): string[] {
  const x = inputs[0] as string;
  const number = (value: number): string => graph.constant([value], [], 'float32');
  if (attributes.approximate === 'tanh') {
    const scale = 2 * Math.sqrt(2 / Math.PI);
    const cubic = graph.node('Mul', [graph.node('Mul', [x, x]), number(scale * 0.044715)]);
    const doubled = graph.node('Mul', [x, graph.node('Add', [cubic, number(scale)])]);
    return [graph.node('Mul', [x, graph.node('Sigmoid', [doubled])])];
  }
  const erf = graph.node('Erf', [graph.node('Mul', [x, number(Math.SQRT1_2)])]);
  const probability = graph.node('Mul', [graph.node('Add', [erf, number(1)]), number(0.5)]);
  return [graph.node('Mul', [x, probability])];
}

/** Each group as one channel of an instance normalisation; scale and offset, one number a channel, come afterwards. */
function groupNormalisation({ graph, inputs, attributes }: OlderForm): string[] {
  const [x, scale, offset] = inputs as [string, string, string];
  const groups = attributes.num_groups as number;
  const apart = graph.node('Reshape', [x, graph.constant([0, groups, -1])]);
  const ones = graph.constant(new Array<number>(groups).fill(1), [groups], 'float32');
  const zeros = graph.constant(new Array<number>(groups).fill(0), [groups], 'float32');
  const { epsilon = { float: 1e-5 } } = attributes;
  const normalised = graph.node('InstanceNormalization', [apart, ones, zeros], { epsilon });
  // Three axes: batch, channels, all positions. The shape of x comes back at the end.
  const rows = graph.node('Reshape', [
    normalised,
    graph.node('Concat', [batchAndChannels(graph, x), graph.constant([-1])], { axis: 0 }),
  ]);
  const column = (value: string): string => graph.node('Unsqueeze', [value, graph.constant([1])]);
  const moved = graph.node('Add', [graph.node('Mul', [rows, column(scale)]), column(offset)]);
  return [graph.node('Reshape', [moved, graph.node('Shape', [x])])];
}

function batchAndChannels(graph: OlderForm['graph'], x: string): string {
  return graph.node('Slice', [graph.node('Shape', [x]), graph.constant([0]), graph.constant([2])]);
}
