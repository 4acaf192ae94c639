/** Builds an ONNX graph node by node. Whatever is added knows the node of the drawing that it came from. */
import type { GraphWriter } from '../../ir/emit/emission';
import type {
  OnnxAttribute,
  OnnxData,
  OnnxHeader,
  OnnxModel,
  OnnxNode,
  OnnxOrigin,
  OnnxPort,
  OnnxTensor,
  OnnxType,
} from './model';
import { checkNode } from './operators';
import { irVersionOf, olderForm } from './opsets';
import { checkLength } from './tensorBytes';
import { asIdentifier, createValueNames, snakeCase } from './valueNames';

type Sizes = readonly (number | string)[];
type Attributes = Readonly<Record<string, OnnxAttribute>>;

export interface OnnxGraph {
  readonly opset: number;
  input: (name: string, dtype: OnnxType, dims: Sizes) => string;
  /** A weight or a constant; gives its name. What no node takes is left out in the end. */
  initialiser: (
    name: string,
    dtype: OnnxType,
    dims: readonly number[],
    data: OnnxData,
    origin?: OnnxOrigin | null,
  ) => string;
  /** The door for one layer: all it adds is called `name_...` and comes from `origin`. */
  scope: (name: string, origin: OnnxOrigin | null) => Pick<GraphWriter, 'opset' | 'node' | 'nodes' | 'constant'>;
  /** Gives a value another name, if it is the output of a node. */
  rename: (value: string, name: string) => void;
  /** Says the type of a value between inputs and outputs. */
  typed: (value: string, dtype: OnnxType, dims: Sizes) => void;
  /** A result of the graph; gives the name under which runtimes know it. */
  output: (name: string, value: string, dtype: OnnxType, dims: Sizes, origin?: OnnxOrigin | null) => string;
  finish: () => OnnxModel;
}

/** Values are known by the names under which they were made; `called` holds those that were changed later. */
interface State {
  readonly opset: number;
  readonly inputs: OnnxPort[];
  readonly outputs: OnnxPort[];
  readonly values: OnnxPort[];
  readonly initialisers: Map<string, OnnxTensor>;
  readonly nodes: OnnxNode[];
  readonly known: Set<string>;
  /** Outputs of nodes, which alone can be given other names. */
  readonly made: Set<string>;
  readonly called: Map<string, string>;
  readonly valueName: (wanted: string, otherwise?: string) => string;
  readonly nodeName: (wanted: string, otherwise?: string) => string;
}

export function createGraph(header: OnnxHeader): OnnxGraph {
  const irVersion = irVersionOf(header.opset);
  const state: State = {
    opset: header.opset,
    inputs: [],
    outputs: [],
    values: [],
    initialisers: new Map(),
    nodes: [],
    known: new Set(),
    made: new Set(),
    called: new Map(),
    valueName: createValueNames(),
    nodeName: createValueNames(),
  };
  return {
    opset: header.opset,
    input: (wanted, dtype, dims) => {
      const name = declare(state, wanted, 'input');
      state.inputs.push({ name, dtype, dims });
      return name;
    },
    initialiser: (wanted, dtype, dims, data, origin = null) =>
      addTensor(state, { name: wanted, dtype, dims, data, origin }),
    scope: (name, origin) => scopeOf(state, name, origin),
    rename: (value, name) => {
      if (state.made.has(value)) call(state, value, state.valueName(name));
    },
    typed: (value, dtype, dims) => void state.values.push({ name: value, dtype, dims }),
    output: (wanted, value, dtype, dims, origin = null) =>
      addOutput(state, wanted, { name: value, dtype, dims }, origin),
    finish: () => ({ ...header, irVersion, ...finished(state) }),
  };
}

function declare(state: State, wanted: string, otherwise?: string): string {
  const name = state.valueName(wanted, otherwise);
  state.known.add(name);
  return name;
}

function addTensor(state: State, tensor: OnnxTensor): string {
  if (tensor.data.length > 0) checkLength(tensor);
  const name = declare(state, tensor.name, 'weight');
  state.initialisers.set(name, { ...tensor, name });
  return name;
}

function scopeOf(state: State, scope: string, origin: OnnxOrigin | null): ReturnType<OnnxGraph['scope']> {
  const constants = new Map<string, string>();
  // Equal constants of a layer are one.
  const constant: GraphWriter['constant'] = (values, shape = [values.length], dtype = 'int64') => {
    const key = [dtype, shape.join(), values.join()].join(';');
    const tensor = { name: `${scope}_constant`, dtype, dims: shape, data: values, origin };
    const name = constants.get(key) ?? addTensor(state, tensor);
    constants.set(key, name);
    return name;
  };
  const add = (operator: string, inputs: readonly string[], outputs: number, attributes: Attributes): string[] =>
    addNode(state, scope, { operator, inputs, attributes, origin }, outputs);
  const nodes = (
    operator: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
  ): string[] => {
    checkNode(operator, inputs, attributes);
    const before = olderForm(operator, state.opset);
    if (!before) return add(operator, inputs, outputs, attributes);
    return before({
      graph,
      inputs,
      outputs,
      attributes,
      valuesOf: (name) => [...(state.initialisers.get(name)?.data ?? [])],
      add: (older, changed) => add(operator, older, outputs, changed),
    });
  };
  const graph: ReturnType<OnnxGraph['scope']> = {
    opset: state.opset,
    constant,
    nodes,
    node: (operator, inputs, attributes) => nodes(operator, inputs, 1, attributes)[0] as string,
  };
  return graph;
}

function addNode(state: State, scope: string, node: Omit<OnnxNode, 'name' | 'outputs'>, count: number): string[] {
  const stranger = node.inputs.find((input) => input !== '' && !state.known.has(input));
  if (stranger !== undefined) throw new Error(`${node.operator} of ${scope} takes ${stranger}, which nothing has made`);
  const name = state.nodeName(`${scope}_${snakeCase(node.operator)}`);
  const names = Array.from({ length: count }, (_, at) => (count === 1 ? name : `${name}_${at}`));
  const outputs = names.map((wanted) => declare(state, wanted));
  outputs.forEach((output) => state.made.add(output));
  state.nodes.push({ ...node, name, outputs });
  return outputs;
}

function call(state: State, value: string, name: string): string {
  state.called.set(value, name);
  state.known.add(name);
  return name;
}

/** The value itself becomes the output, under its name; what is one already, or was made by no node, is passed on. */
function addOutput(state: State, wanted: string, value: OnnxPort, origin: OnnxOrigin | null): string {
  const free = state.made.has(value.name) && !state.outputs.some(({ name }) => name === value.name);
  const passedOn = { operator: 'Identity', inputs: [value.name], attributes: {}, origin };
  const own = free ? value.name : (addNode(state, wanted, passedOn, 1)[0] as string);
  state.outputs.push({ ...value, name: own });
  const name = state.called.get(own) ?? own;
  return name === asIdentifier(wanted) ? name : call(state, own, state.valueName(wanted, 'output'));
}

function finished(state: State): Pick<OnnxModel, 'inputs' | 'outputs' | 'values' | 'initialisers' | 'nodes'> {
  if (state.outputs.length === 0) throw new Error('the graph has no output');
  const called = (name: string): string => state.called.get(name) ?? name;
  const port = (value: OnnxPort): OnnxPort => ({ ...value, name: called(value.name) });
  const used = new Set(state.nodes.flatMap(({ inputs }) => inputs));
  const ends = new Set([...state.inputs, ...state.outputs].map(({ name }) => name));
  return {
    inputs: state.inputs,
    outputs: state.outputs.map(port),
    values: state.values.filter(({ name }) => !ends.has(name)).map(port),
    initialisers: [...state.initialisers.values()].filter(({ name }) => used.has(name)),
    nodes: state.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(called),
      outputs: node.outputs.map(called),
    })),
  };
}
