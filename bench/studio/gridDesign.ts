/** A drawing of any size for the window: chains of layers side by side in a grid, so that as much is seen of each. */
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import { emptyDesign, type Design } from '../../shared/design/schema';
import { drawChain } from '../compile/drawChain';

const rows = 10;
const along = 240;
const across = 110;

/** `nodes` in all, ten to a column; wires go down a column and up the next one. */
export function gridDesign(nodes: number): string {
  const { nodes: chain, wires } = drawChain(nodes - 2);
  const placed = chain.map((node, at): Design['nodes'][number] => ({
    ...node,
    position: [Math.floor(at / rows) * along, (at % rows) * across],
  }));
  return serialiseDesign({ ...emptyDesign(`grid of ${nodes}`), nodes: placed, wires });
}
