/** Infers the types of every value, as far as they can be known; once for each (function, arguments, input types). */
import { functionInputNode, type IrNode, type ValueRef } from '../ir/ir';
import type { Types } from '../ir/layerDefinition';
import type { FunctionInstance, Instance } from '../ir/program';
import { typeKey, type TensorType } from '../ir/tensorType';
import { checkSharing } from './checkSharing';
import { inferLayer } from './inferLayer';
import type { Memo } from './memo';
import type { BoundCall, BoundFunction, BoundLayer, NodeProblem } from './bound';
import type { InferredFunction, InferredNode } from './inferred';

type Known = Map<string, Types>;

const noIterations: readonly InferredFunction[] = [];

export function inferTypes(main: BoundFunction, memo: Memo): InferredFunction {
  return inferFunction(main, [], memo);
}

function inferFunction(bound: BoundFunction, inputs: readonly (TensorType | null)[], memo: Memo): InferredFunction {
  const byTypes = memo.functions.get(bound) ?? new Map<string, InferredFunction>();
  memo.functions.set(bound, byTypes);
  const key = inputs.map((type) => (type ? typeKey(type) : '?')).join(',');
  const remembered = byTypes.get(key);
  if (remembered) return remembered;
  const inputTypes: Types = {};
  bound.function.inputs.forEach((port, at) => {
    const type = inputs[at];
    if (type) inputTypes[port] = type;
  });
  const known: Known = new Map([[functionInputNode, inputTypes]]);
  const problems: NodeProblem[] = [];
  const nodes = bound.nodes.map((node) => {
    const inferred = node.kind === 'layer' ? inferNode(node, known, problems, memo) : inferCall(node, known, memo);
    return inferred;
  });
  checkSharing(nodes, problems);
  const outputs = Object.values(bound.function.outputs).map((ref) => lookUp(ref, known) ?? null);
  const inferred = {
    bound,
    nodes,
    outputs,
    problems,
    instance: instanceOf(bound, nodes, inputTypes, outputs, problems),
  };
  byTypes.set(key, inferred);
  return inferred;
}

function lookUp(ref: ValueRef, known: Known): TensorType | undefined {
  return known.get(ref.node)?.[ref.port];
}

/** The types of a node's inputs in port order, or null where one of them is not known. */
function inputsOf(node: IrNode, known: Known): Types | null {
  const types: Types = {};
  for (const port in node.inputs) {
    const type = lookUp(node.inputs[port] as ValueRef, known);
    if (!type) return null;
    types[port] = type;
  }
  return types;
}

function inferNode(bound: BoundLayer, known: Known, problems: NodeProblem[], memo: Memo): InferredNode {
  const { node, definition, params } = bound;
  const unknown: InferredNode = { bound, instance: null, iterations: noIterations };
  const inputTypes = inputsOf(node, known);
  if (!definition || !params?.values || !inputTypes || !hasNeededInputs(bound, inputTypes)) return unknown;
  const inferred = inferLayer(definition, params, inputTypes, memo);
  if (!inferred.ok) {
    problems.push({ node: node.id, problem: inferred.problem });
    return unknown;
  }
  known.set(node.id, inferred.outputs);
  const instance: Instance = {
    kind: 'layer',
    id: node.id,
    name: node.name,
    inputs: node.inputs,
    inputTypes,
    outputTypes: inferred.outputs,
    weightsOf: node.weightsOf,
    definition,
    params: params.values,
    weights: inferred.weights,
    cost: inferred.cost,
  };
  return { bound, instance, iterations: noIterations };
}

/** `lower` has said what is missing; a definition is only asked about inputs that it can count on. */
function hasNeededInputs({ definition }: BoundLayer, inputs: Types): boolean {
  return (definition?.inputs ?? []).every(({ name, many, minimum = 1 }) =>
    many ? minimum === 0 || `${name}${minimum - 1}` in inputs : minimum === 0 || name in inputs,
  );
}

function inferCall(bound: BoundCall, known: Known, memo: Memo): InferredNode {
  const { node } = bound;
  const [first] = bound.iterations;
  if (!first) return { bound, instance: null, iterations: noIterations };
  const ports = first.function.inputs;
  let values: readonly (TensorType | null)[] = ports.map((port) => {
    const ref = node.inputs[port];
    return (ref && lookUp(ref, known)) ?? null;
  });
  const inputTypes = typesByPort(ports, values);
  const iterations = bound.iterations.map((pass) => {
    const inferred = inferFunction(pass, values, memo);
    values = inferred.outputs;
    return inferred;
  });
  const outputTypes = typesByPort(Object.keys(first.function.outputs), values);
  known.set(node.id, outputTypes);
  const instances = iterations.flatMap((pass) => (pass.instance ? [pass.instance] : []));
  if (instances.length < iterations.length) return { bound, instance: null, iterations };
  const { id, name, inputs, weightsOf } = node;
  const instance: Instance = {
    kind: 'call',
    id,
    name,
    inputs,
    inputTypes,
    outputTypes,
    weightsOf,
    repeated: bound.repeated,
    iterations: instances,
  };
  return { bound, instance, iterations };
}

function typesByPort(ports: readonly string[], values: readonly (TensorType | null)[]): Types {
  return Object.fromEntries(
    ports.flatMap((port, at) => {
      const type = values[at];
      return type ? [[port, type]] : [];
    }),
  );
}

function instanceOf(
  bound: BoundFunction,
  nodes: readonly InferredNode[],
  inputTypes: Types,
  outputs: readonly (TensorType | null)[],
  problems: readonly NodeProblem[],
): FunctionInstance | null {
  const instances: Instance[] = [];
  for (const { instance } of nodes) if (instance) instances.push(instance);
  const { inputs, outputs: refs, id } = bound.function;
  const whole = instances.length === nodes.length && problems.length === 0 && outputs.every((type) => type !== null);
  if (!whole || Object.keys(inputTypes).length < inputs.length) return null;
  const key = `${bound.key}[${inputs.map((port) => typeKey(inputTypes[port] as TensorType)).join(',')}]`;
  const outputTypes = typesByPort(Object.keys(refs), outputs);
  return { function: id, key, nodes: instances, inputs, inputTypes, outputs: refs, outputTypes };
}
