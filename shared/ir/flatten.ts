/** Lazily turns the hierarchy into one list of layers in running order, for engines that need it. */
import { functionInputNode, type ValueRef } from './ir';
import { passPath } from './passPath';
import type { CheckedProgram, FunctionInstance, Instance, LayerInstance } from './program';

/** A layer with its place: `path` (`stage2/3/conv1`) is its key in telemetry, checkpoints and diagnostics. */
export interface FlatLayer {
  path: string;
  layer: LayerInstance;
  /** By port: the key of the value, `path:port` of the layer that makes it. */
  inputs: Readonly<Record<string, string>>;
  /** The path whose weights it uses: its own, or that of the layer it shares with. */
  group: string;
}

type Bindings = ReadonlyMap<string, string>;

const cache = new WeakMap<CheckedProgram, readonly FlatLayer[]>();

export function flatten(program: CheckedProgram): readonly FlatLayer[] {
  const known = cache.get(program);
  if (known) return known;
  const layers: FlatLayer[] = [];
  walk(program.main, '', '', new Map(), layers);
  cache.set(program, layers);
  return layers;
}

/** Appends the layers of one instance; returns its outputs as value keys. `owner` is the prefix of its weights. */
function walk(instance: FunctionInstance, prefix: string, owner: string, bound: Bindings, out: FlatLayer[]): Bindings {
  const values = new Map<string, string>();
  for (const [port, key] of bound) values.set(`${functionInputNode}:${port}`, key);
  const resolve = (ref: ValueRef): string => {
    const key = values.get(`${ref.node}:${ref.port}`);
    if (key === undefined) throw new Error(`no value ${ref.node}:${ref.port} in ${instance.function}`);
    return key;
  };
  for (const node of instance.nodes) {
    const inputs = Object.fromEntries(Object.entries(node.inputs).map(([port, ref]) => [port, resolve(ref)]));
    const outputs = appendNode(node, inputs, prefix, owner, out);
    for (const [port, key] of outputs) values.set(`${node.id}:${port}`, key);
  }
  return new Map(Object.entries(instance.outputs).map(([port, ref]) => [port, resolve(ref)]));
}

function appendNode(
  node: Instance,
  inputs: Record<string, string>,
  prefix: string,
  owner: string,
  out: FlatLayer[],
): Bindings {
  const path = prefix + node.id;
  const group = owner + (node.weightsOf ?? node.id);
  if (node.kind === 'layer') {
    out.push({ path, layer: node, inputs, group });
    return new Map(Object.keys(node.outputTypes).map((port) => [port, `${path}:${port}`]));
  }
  let values = Object.values(inputs);
  let last: Bindings = new Map();
  node.iterations.forEach((iteration, index) => {
    const inside = (start: string): string => passPath(start, node.repeated, index);
    const bound = new Map(iteration.inputs.map((port, position) => [port, values[position] ?? '']));
    last = walk(iteration, inside(path), inside(group), bound, out);
    values = [...last.values()];
  });
  return last;
}
