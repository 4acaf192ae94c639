/** A plain layered layout of our own: at once, for any drawing, where the better one is not there (yet). */
import { splitEndpoint } from '../../../shared/design/endpoints';
import type { Design } from '../../../shared/design/schema';

const columnWidth = 240;
const rowHeight = 104;

/** Columns by the longest way from an input; in a column each node near the mean height of what leads to it. */
export function layeredPositions(
  design: Pick<Design, 'nodes' | 'wires'>,
): Map<string, readonly [x: number, y: number]> {
  const before = predecessors(design);
  const columns: string[][] = [];
  for (const [id, column] of columnsOf(design, before)) (columns[column] ??= []).push(id);
  const positions = new Map<string, readonly [number, number]>();
  columns.forEach((ids, column) => {
    const wanted = ids.map((id) => ({ id, y: meanHeight(before.get(id) ?? [], positions) }));
    let lowest = -Infinity;
    for (const { id, y } of wanted.sort((a, b) => a.y - b.y)) {
      lowest = Math.max(y, lowest + rowHeight);
      positions.set(id, [column * columnWidth, lowest]);
    }
  });
  return positions;
}

function predecessors({ nodes, wires }: Pick<Design, 'nodes' | 'wires'>): Map<string, string[]> {
  const before = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const wire of wires) {
    const [from] = splitEndpoint(wire.from);
    if (before.has(from)) before.get(splitEndpoint(wire.to)[0])?.push(from);
  }
  return before;
}

/** Without recursion, so that ten thousand layers in a row do no harm; a wire that closes a cycle counts for nothing. */
function columnsOf({ nodes }: Pick<Design, 'nodes'>, before: ReadonlyMap<string, string[]>): Map<string, number> {
  const columns = new Map<string, number>();
  const open = new Set<string>();
  for (const { id } of nodes) {
    const stack = [id];
    for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
      const waiting = columns.has(top)
        ? []
        : (before.get(top) ?? []).filter((one) => !columns.has(one) && !open.has(one));
      const [next] = waiting;
      if (next !== undefined) {
        open.add(top);
        stack.push(next);
        continue;
      }
      if (!columns.has(top))
        columns.set(top, Math.max(-1, ...(before.get(top) ?? []).map((one) => columns.get(one) ?? -1)) + 1);
      open.delete(top);
      stack.pop();
    }
  }
  return columns;
}

function meanHeight(ids: readonly string[], positions: ReadonlyMap<string, readonly [number, number]>): number {
  const heights = ids.flatMap((id) => positions.get(id)?.[1] ?? []);
  if (heights.length === 0) return 0;
  // A node that joins branches continues the uppermost one, so that the main line stays straight.
  return Math.min(...heights);
}
