/** From a node's path to the flattened values that are its outputs: of a layer its own, of a block what leaves it. */
import { functionInputNode, type ValueRef } from './ir';
import { passPath } from './passPath';
import type { CallInstance, CheckedProgram, FunctionInstance, Instance } from './program';

/** By output port the key of the value (`path:port` of a layer, as in `flatten`); null where there is no such node. */
export function valueKeys(program: CheckedProgram, path: string): Record<string, string> | null {
  let place: Place = { instance: program.main, prefix: '', enter: () => null };
  const parts = path.split('/');
  for (;;) {
    const node = place.instance.nodes.find(({ id }) => id === parts[0]);
    if (!node) return null;
    parts.shift();
    if (parts.length === 0) return outputKeys(place, node);
    if (node.kind === 'layer') return null;
    const index = node.repeated ? Number(parts.shift()) : 0;
    if (!node.iterations[index]) return null;
    place = iteration(place, node, index);
  }
}

/** A function in its place; `enter` says which value an input of it is. */
interface Place {
  instance: FunctionInstance;
  prefix: string;
  enter: (port: string) => string | null;
}

function outputKeys(place: Place, node: Instance): Record<string, string> {
  const keys = Object.keys(node.outputTypes).map((port) => [port, keyOf(place, { node: node.id, port })]);
  return Object.fromEntries(keys.filter(([, key]) => key !== null)) as Record<string, string>;
}

function keyOf(place: Place, ref: ValueRef): string | null {
  if (ref.node === functionInputNode) return place.enter(ref.port);
  const node = place.instance.nodes.find(({ id }) => id === ref.node);
  if (!node) return null;
  if (node.kind === 'layer') return `${place.prefix}${node.id}:${ref.port}`;
  const last = iteration(place, node, node.iterations.length - 1);
  const inner = last.instance.outputs[ref.port];
  return inner ? keyOf(last, inner) : null;
}

/** One pass of a call; its inputs are the outputs of the pass before, in port order. */
function iteration(place: Place, node: CallInstance, index: number): Place {
  const instance = node.iterations[index] as FunctionInstance;
  const enter = (port: string): string | null => {
    const position = instance.inputs.indexOf(port);
    if (index === 0) {
      const ref = Object.values(node.inputs)[position];
      return ref ? keyOf(place, ref) : null;
    }
    const before = iteration(place, node, index - 1);
    const ref = Object.values(before.instance.outputs)[position];
    return ref ? keyOf(before, ref) : null;
  };
  return { instance, prefix: passPath(place.prefix + node.id, node.repeated, index), enter };
}
