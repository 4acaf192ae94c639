/** Automatic layout: elk's layered algorithm in a worker, ports respected; where it takes too long, a plain one of our own. */
import type { ElkNode } from 'elkjs';
import Elk from 'elkjs/lib/elk-api.js';
import type { Design } from '../../shared/design/schema';
import type { Point } from '../state/drawing/geometry';
import { layeredPositions } from '../state/drawing/layeredPositions';
import { elkGraph } from './elkGraph';
import LayoutWorker from './layout.worker?worker';

type Drawing = Pick<Design, 'nodes' | 'wires' | 'blocks'>;

export interface Arranged {
  positions: ReadonlyMap<string, Point>;
  /** Whether the layout engine had to be left alone. */
  plain: boolean;
}

/** After so long a user would rather have a plain layout than wait. */
const deadlineMilliseconds = 10_000;

export async function arrange(design: Drawing, deadline = deadlineMilliseconds): Promise<Arranged> {
  const elk = new Elk({ workerFactory: () => new LayoutWorker() });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), deadline)));
  try {
    const laidOut = await Promise.race([elk.layout(elkGraph(design)), late]);
    const positions = laidOut && positionsFrom(laidOut);
    if (positions && design.nodes.every(({ id }) => positions.has(id))) return { positions, plain: false };
  } catch {
    // What the engine cannot lay out, the plain layout can.
  } finally {
    clearTimeout(timer);
    elk.terminateWorker();
  }
  return { positions: layeredPositions(design), plain: true };
}

/** Centres, as positions are in a design. */
function positionsFrom({ children = [] }: ElkNode): Map<string, Point> {
  return new Map(
    children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [id, [x + width / 2, y + height / 2] as const]),
  );
}
