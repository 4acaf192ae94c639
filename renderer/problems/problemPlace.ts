/** Where a diagnostic is, in words: the name of the node; for one inside a block the way to it; else the setting. */
import type { Design } from '../../shared/design/schema';
import type { Diagnostic } from '../../shared/messages';

export function problemPlace(
  { node, anchor, param }: Pick<Diagnostic, 'node' | 'anchor' | 'param'>,
  design: Pick<Design, 'nodes' | 'blocks'>,
): string | null {
  if (node === null) return param;
  const [first = '', ...inside] = node.split('/');
  const name = nameIn(design.nodes, first);
  if (inside.length === 0) return name;
  const block = anchor ? design.blocks[anchor.function] : undefined;
  const last = inside[inside.length - 1] ?? '';
  return [name, ...inside.slice(0, -1), block ? nameIn(block.nodes, last) : last].join(' › ');
}

function nameIn(nodes: Design['nodes'], id: string): string {
  return nodes.find((one) => one.id === id)?.name ?? id;
}
