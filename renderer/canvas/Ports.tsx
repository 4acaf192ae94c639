/** The ports of a node, one dot each; while a wire is drawn, those that cannot take it fade. */
import { Handle, Position } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import type { NodeShape, PlacedPort } from '../state/drawing/nodeShape';
import { useStrings } from '../state/StudioContext';
import { useCanvasState, type CanvasState, type WireDraft } from './canvasState';
import classes from './Ports.module.css';
import { strings } from './strings';

export const Ports = memo(PortsView);

function PortsView({ id, shape }: { id: string; shape: NodeShape }): ReactNode {
  const words = useStrings(strings);
  const refused = useCanvasState((state) => refusedPorts(state, id, shape)).split(' ');
  const dot = (port: PlacedPort, side: 'in' | 'out'): ReactNode => (
    <Handle
      key={port.id}
      id={port.id}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      className={[classes.port, port.free && classes.free, refused.includes(port.id) && classes.refused]
        .filter(Boolean)
        .join(' ')}
      style={{ top: port.y }}
      data-port={`${id}:${port.id}`}
      title={port.free ? words.freePort : side === 'in' ? words.inputPort(port.id) : words.outputPort(port.id)}
    />
  );
  return (
    <>
      {shape.inputs.map((port) => dot(port, 'in'))}
      {shape.outputs.map((port) => dot(port, 'out'))}
    </>
  );
}

/** Names of the ports that fade, as one text. */
function refusedPorts({ draft }: CanvasState, id: string, { inputs, outputs }: NodeShape): string {
  if (!draft) return '';
  const before = draft.refusals.get(id);
  if (before !== undefined) return before;
  const [open, shut] = draft.side === 'out' ? [inputs, outputs] : [outputs, inputs];
  const own = draft.fixed.node === id;
  const names = [
    ...(own ? [] : shut.map((port) => port.id)),
    ...open.filter((port) => !accepts(draft, id, port.id)).map((port) => port.id),
  ].join(' ');
  draft.refusals.set(id, names);
  return names;
}

function accepts({ fixed, side, judge }: WireDraft, node: string, port: string): boolean {
  const other = { node, port };
  return (side === 'out' ? judge(fixed, other) : judge(other, fixed)).fits;
}
