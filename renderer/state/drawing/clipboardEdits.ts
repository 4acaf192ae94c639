/** Copies of nodes as edits: pasted text where the pointer is, and duplicates beside their originals. */
import { copyNodes, pasteNodes, type Pasted } from '../../../shared/design/clipboard';
import type { Edit } from '../../../shared/design/edits';
import type { Design } from '../../../shared/design/schema';
import { isProblem, type Problem } from '../../../shared/messages';
import type { Point } from './geometry';
import { positionsOf } from './geometry';

const scope = 'main';

/** Every node with the place where it is drawn, so that copies keep it. */
function placed(design: Design): Design {
  const positions = positionsOf(design);
  const nodes = design.nodes.map((node) => {
    const at = node.position ?? positions.get(node.id);
    return at ? { ...node, position: [at[0], at[1]] as [number, number] } : node;
  });
  return { ...design, nodes };
}

export function copiedText(design: Design, ids: ReadonlySet<string>): string {
  return copyNodes(placed(design), scope, ids);
}

export function duplicateEdit(design: Design, ids: ReadonlySet<string>, [dx, dy]: Point): Pasted | Problem {
  return pasteNodes(copiedText(design, ids), design, scope, [dx, dy]);
}

/** The middle of what is pasted comes to the point. */
export function pasteAt(design: Design, text: string, [x, y]: Point): Pasted | Problem {
  const pasted = pasteNodes(text, design, scope, [0, 0]);
  if (isProblem(pasted)) return pasted;
  const places = addedPlaces(pasted.edit);
  if (places.length === 0) return pasted;
  const middle = (axis: 0 | 1): number => {
    const values = places.map((place) => place[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return pasteNodes(text, design, scope, [Math.round(x - middle(0)), Math.round(y - middle(1))]);
}

function addedPlaces(edit: Edit): Point[] {
  const edits = edit.edit === 'compound' ? edit.edits : [edit];
  return edits.flatMap((one) => (one.edit === 'addNode' && one.node.position ? [one.node.position] : []));
}
