/** From the drawing to the Ir: wires become references, Input and Output nodes of a block become its ports. */
import type { Ir, IrFunction } from '../ir/ir';
import type { Library } from '../ir/library';
import type { Design } from '../design/schema';
import { problem } from '../messages';
import type { Finding } from './finding';
import { calleesOf, mainFunction, type Body, type LoweredFunction } from './lowered';
import { lowerFunction } from './lowerFunction';
import type { Memo } from './memo';

export interface Lowered {
  ir: Ir;
  findings: Finding[];
}

/**
 * A function is lowered after the blocks it calls, and taken from the memo while it and they are what they were: equal
 * function objects mean equal content all the way down.
 */
export function lower(design: Design, library: Library, memo: Memo): Lowered {
  const functions = new Map<string, IrFunction>();
  const findings: Finding[] = [];
  const bodies = new Map<string, Body>(Object.entries(design.blocks));
  const main: Body = { params: {}, nodes: design.nodes, wires: design.wires };
  const open: string[] = [];

  const visit = (id: string, body: Body): void => {
    open.push(id);
    const recursive = new Set<string>();
    for (const node of body.nodes) {
      const callee = node.block === undefined ? undefined : bodies.get(node.block);
      if (node.block === undefined || !callee || functions.has(node.block)) continue;
      if (!open.includes(node.block)) visit(node.block, callee);
      else if (!recursive.has(node.block)) {
        recursive.add(node.block);
        const blocks = [...open.slice(open.indexOf(node.block)), node.block].join(' → ');
        const repairs = [{ title: 'Remove this call', actions: [{ action: 'removeNode' as const }] }];
        findings.push({ function: id, node: node.id, problem: problem('recursiveBlocks', { blocks }, { repairs }) });
      }
    }
    open.pop();
    const lowered = remembered(id, body, functions, memo) ?? lowerFunction(id, body, { library, functions, bodies });
    memo.lowered.set(id, lowered);
    functions.set(id, lowered.function);
    findings.push(...lowered.findings);
  };
  for (const [id, body] of bodies) if (!functions.has(id)) visit(id, body);
  visit(mainFunction, main);
  return { ir: { functions }, findings };
}

function remembered(
  id: string,
  body: Body,
  functions: ReadonlyMap<string, IrFunction>,
  memo: Memo,
): LoweredFunction | null {
  const known = memo.lowered.get(id);
  if (!known || known.body.nodes !== body.nodes || known.body.wires !== body.wires) return null;
  if (known.body.params !== body.params && id !== mainFunction) return null;
  const callees = calleesOf(body, functions);
  const same = callees.length === known.callees.length && callees.every((callee, at) => callee === known.callees[at]);
  return same ? known : null;
}
