/** A wire: smooth, coloured by the rank of what it carries; its shape and a "+" appear under the pointer. */
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, useState, type MouseEvent, type ReactNode } from 'react';
import { outputType } from '../state/drawing/outputTypes';
import type { Studio } from '../state/studio';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useCanvasState, useCanvasStore } from './canvasState';
import { shapeText } from './faceText';
import type { FlowWire, WireData } from './flowGraph';
import { strings } from './strings';
import classes from './Wire.module.css';
import { laneFor, wirePath } from './wireRoute';

export const Wire = memo(WireView);

function WireView({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  source,
  target,
  data,
  selected,
  sourceHandleId,
}: EdgeProps<FlowWire>): ReactNode {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  const [hovered, setHovered] = useState(false);
  const dropping = useCanvasState(({ dropWire }) => dropWire === id);
  const moving = useCanvasState(
    ({ draft }) => draft?.moves !== undefined && draft?.moves !== null && draft.moves === data?.wire,
  );
  const carried = useStudioState('derived', () =>
    carriedText(studio, source, sourceHandleId ?? null, data, words.scalar),
  );
  if (!data) return null;
  const from = [sourceX, sourceY] as const;
  const to = [targetX, targetY] as const;
  const settled = isAt(from, data.source) && isAt(to, data.target);
  const lane = settled ? data.lane : laneFor(from, to, [source, target], canvas.getState().obstacles);
  const { path, middle } = wirePath(from, to, lane);
  const [rank, changes, text] = carried.split('|');
  const labelled = hovered || dropping || changes === 'changes';
  const insert = (event: MouseEvent): void => {
    event.stopPropagation();
    canvas.setState({ search: { screen: [event.clientX, event.clientY], place: middle, insertInto: id } });
  };
  return (
    <g
      data-wire={id}
      data-rank={rank}
      className={[classes.wire, selected && classes.selected, dropping && classes.dropping, moving && classes.moving]
        .filter(Boolean)
        .join(' ')}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <BaseEdge path={path} className={classes.path} interactionWidth={18} />
      {labelled && text !== '' && (
        <text
          className={classes.label}
          x={middle[0]}
          y={middle[1] - (hovered ? 14 : lane ? -3 : 7)}
          data-wire-shape={text}
        >
          {text}
        </text>
      )}
      {hovered && !selected && (
        <g
          className={classes.insert}
          role="button"
          aria-label={words.insertHere}
          onClick={insert}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <title>{words.insertHere}</title>
          <circle cx={middle[0]} cy={middle[1]} r={8} />
          <path d={`M${middle[0] - 4},${middle[1]}h8M${middle[0]},${middle[1] - 4}v8`} />
        </g>
      )}
    </g>
  );
}

function isAt([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): boolean {
  return Math.abs(ax - bx) < 1 && Math.abs(ay - by) < 1;
}

/** "3|changes|8×8×16": one text, so that a wire is drawn again only when it carries something else. */
function carriedText(
  studio: Studio,
  source: string,
  port: string | null,
  data: WireData | undefined,
  scalar: string,
): string {
  const { design } = studio.document.getState();
  const { layers } = studio.derived.getState();
  const typeOf = (node: string, at: string | null): ReturnType<typeof outputType> => {
    const outputs = layers.get(node)?.outputs;
    return (outputs && (outputs[at ?? ''] ?? null)) ?? outputType(design, layers, node, at);
  };
  const type = typeOf(source, port);
  if (!type) return 'unknown||';
  const before = data?.before ? typeOf(data.before.node, data.before.port) : null;
  const rank = type.dims.length - 1;
  const changes = !before || before.dims.length - 1 !== rank;
  return `${rank}|${changes ? 'changes' : ''}|${shapeText(type, { scalar })}`;
}
