/** The whole drawing, small, with what is seen of it: pressed or dragged it moves the view, with the wheel it zooms. */
import { Panel, useReactFlow, useStore as useFlowStore } from '@xyflow/react';
import { useMemo, useRef, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import type { Design } from '../../shared/design/schema';
import { boundsOf, boxesOf, type Box } from '../state/drawing/geometry';
import { minimapColour } from './minimapColour';

// Networks are long and low.
const [width, height] = [152, 68];
const margin = 4;
const corner = 12;

const look = {
  '--xy-minimap-background-color-props': 'var(--surface-raised)',
  '--xy-minimap-mask-background-color-props': 'var(--minimap-mask)',
} as CSSProperties;

/** One outline a colour: a thousand elements would be asked at every movement of the view. */
export function SmallMap({ design, label }: { design: Design; label: string }): ReactNode {
  const flow = useReactFlow();
  const picture = useRef<SVGSVGElement>(null);
  const { bounds, outlines } = useMemo(() => drawnSmall(design), [design]);
  const seen = useSeen();
  const whole = boundsOf(bounds ? [bounds, seen] : [seen]) ?? seen;
  const scale = Math.max(
    (whole.right - whole.left) / (width - 2 * margin),
    (whole.bottom - whole.top) / (height - 2 * margin),
  );
  const [spanX, spanY] = [width * scale, height * scale];
  const left = (whole.left + whole.right - spanX) / 2;
  const top = (whole.top + whole.bottom - spanY) / 2;
  const moveTo = ({ clientX, clientY }: PointerEvent): void => {
    const box = picture.current?.getBoundingClientRect();
    if (!box) return;
    const [x, y] = [left + (clientX - box.left) * scale, top + (clientY - box.top) * scale];
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <Panel position="bottom-right" className="react-flow__minimap" style={look} data-testid="rf__minimap">
      <svg
        ref={picture}
        className="react-flow__minimap-svg"
        width={width}
        height={height}
        viewBox={`${left} ${top} ${spanX} ${spanY}`}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && moveTo(event)}
        onWheel={({ deltaY }) => void flow.zoomTo(flow.getZoom() * 2 ** (-deltaY * 0.002))}
      >
        {[...outlines].map(([colour, d]) => (
          <path key={colour} d={d} style={{ fill: colour }} />
        ))}
        <path
          className="react-flow__minimap-mask"
          fillRule="evenodd"
          pointerEvents="none"
          d={`M${left},${top}h${spanX}v${spanY}h${-spanX}z${outlineOf(seen)}`}
        />
      </svg>
    </Panel>
  );
}

/** What the window shows of the drawing. */
function useSeen(): Box {
  const x = useFlowStore(({ transform }) => transform[0]);
  const y = useFlowStore(({ transform }) => transform[1]);
  const zoom = useFlowStore(({ transform }) => transform[2]);
  const wide = useFlowStore((state) => state.width);
  const high = useFlowStore((state) => state.height);
  return { left: -x / zoom, top: -y / zoom, right: (wide - x) / zoom, bottom: (high - y) / zoom };
}

function drawnSmall(design: Design): { bounds: Box | null; outlines: Map<string, string> } {
  const boxes = boxesOf(design);
  const outlines = new Map<string, string>();
  for (const node of design.nodes) {
    const box = boxes.get(node.id);
    if (!box) continue;
    const colour = minimapColour(node);
    outlines.set(colour, (outlines.get(colour) ?? '') + outlineOf(box, corner));
  }
  return { bounds: boundsOf(boxes.values()), outlines };
}

function outlineOf({ left, top, right, bottom }: Box, round = 0): string {
  const [h, v] = [right - left - 2 * round, bottom - top - 2 * round];
  if (round === 0) return `M${left},${top}h${h}v${v}h${-h}z`;
  const turn = (x: number, y: number): string => `a${round},${round} 0 0 1 ${x},${y}`;
  const r = round;
  return `M${left + r},${top}h${h}${turn(r, r)}v${v}${turn(-r, r)}h${-h}${turn(-r, -r)}v${-v}${turn(r, -r)}z`;
}
