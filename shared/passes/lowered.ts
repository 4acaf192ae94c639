/** What `lower` and `orderNodes` leave: functions of the Ir, with what was found on the way. */
import type { IrFunction } from '../ir/ir';
import type { Block } from '../design/schema';
import type { Finding } from './finding';

/** The drawing itself, as a function. */
export const mainFunction = 'main';

/** What a function says: a block, or the drawing itself. */
export type Body = Pick<Block, 'params' | 'nodes' | 'wires'>;

export interface LoweredFunction {
  body: Body;
  /** The blocks it calls, which say what its ports mean. */
  callees: readonly (IrFunction | undefined)[];
  function: IrFunction;
  findings: readonly Finding[];
}

export interface OrderedFunction {
  function: IrFunction;
  findings: readonly Finding[];
}

export function calleesOf(body: Body, functions: ReadonlyMap<string, IrFunction>): (IrFunction | undefined)[] {
  return body.nodes.flatMap((node) => (node.block === undefined ? [] : [functions.get(node.block)]));
}
