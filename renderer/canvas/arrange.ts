/** Automatic layout: elk's layered algorithm in a worker, ports respected; where it takes too long, a plain one of our own. */
import type { ElkNode } from 'elkjs';
import Elk from 'elkjs/lib/elk-api.js';
import type { Design } from '../../shared/design/schema';
import { resolveWires } from '../state/drawing/drawingPorts';
import { gap, wiresInto, type Point } from '../state/drawing/geometry';
import { layeredPositions } from '../state/drawing/layeredPositions';
import { shapeOf } from '../state/drawing/nodeShape';
import LayoutWorker from './layout.worker?worker';

type Drawing = Pick<Design, 'nodes' | 'wires' | 'blocks'>;

export interface Arranged {
  positions: ReadonlyMap<string, Point>;
  /** Whether the layout engine had to be left alone. */
  plain: boolean;
}

/** After so long a user would rather have a plain layout than wait. */
const deadlineMilliseconds = 5000;

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

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': String(gap.across),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(gap.along),
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '80',
};

export function elkGraph(design: Drawing): ElkNode {
  const counts = wiresInto(design);
  const children = design.nodes.map((node): ElkNode => {
    const { width, height, inputs, outputs } = shapeOf(node, design.blocks, counts.get(node.id) ?? 0);
    const port = (
      name: string,
      side: 'WEST' | 'EAST',
      x: number,
      y: number,
    ): NonNullable<ElkNode['ports']>[number] => ({
      id: `${node.id}:${side}:${name}`,
      x,
      y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side },
    });
    return {
      id: node.id,
      width,
      height,
      ports: [
        ...inputs.map(({ id, y }) => port(id, 'WEST', 0, y)),
        ...outputs.map(({ id, y }) => port(id, 'EAST', width, y)),
      ],
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    };
  });
  const edges = resolveWires(design)
    .filter(({ from, to }) => from !== to)
    .map(({ id, from, fromPort, to, toPort }) => ({
      id,
      sources: [`${from}:EAST:${fromPort}`],
      targets: [`${to}:WEST:${toPort}`],
    }));
  return { id: 'root', layoutOptions: options, children, edges };
}

/** Centres, as positions are in a design. */
function positionsFrom({ children = [] }: ElkNode): Map<string, Point> {
  return new Map(
    children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [id, [x + width / 2, y + height / 2] as const]),
  );
}
