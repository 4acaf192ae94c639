/** The drawing as the layout engine reads it: sizes, ports where they are drawn, wires from port to port. */
import type { ElkNode } from 'elkjs';
import type { Design } from '../../shared/design/schema';
import { resolveWires } from '../state/drawing/drawingPorts';
import { gap, wiresInto } from '../state/drawing/geometry';
import { shapeOf } from '../state/drawing/nodeShape';

/** The straighter of two placements is the slower one; beyond, both give nearly the same. */
const mostForSimplex = 200;

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': String(gap.across),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(gap.along),
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '80',
};

export function elkGraph(design: Pick<Design, 'nodes' | 'wires' | 'blocks'>): ElkNode {
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
  const placement = design.nodes.length > mostForSimplex ? 'LINEAR_SEGMENTS' : 'NETWORK_SIMPLEX';
  const layoutOptions = { ...options, 'elk.layered.nodePlacement.strategy': placement };
  return { id: 'root', layoutOptions, children, edges };
}
