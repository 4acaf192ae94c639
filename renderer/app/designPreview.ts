/** A design as a small picture: boxes where its nodes stand, lines where its wires run, scaled to fit. */
import { splitEndpoint } from '../../shared/design/endpoints';
import type { Design } from '../../shared/design/schema';
import { library } from '../../shared/library';
import { boxesOf, boundsOf, type Box } from '../state/drawing/geometry';
import { shapeOf } from '../state/drawing/nodeShape';

export interface PreviewBox {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
  /** As `categoryColour` takes it. */
  category: string;
}

export interface DesignPreview {
  boxes: readonly PreviewBox[];
  /** Paths of SVG. */
  wires: readonly string[];
}

/** Nothing is drawn larger than half its size, nor smaller than can be seen. */
const largestScale = 0.5;
const tallestScale = 0.34;
const smallest = 2;
/** A long network is a thin line: across the flow it is drawn larger, so that its parts are still seen. */
const mostStretch = 4;

export function designPreview(
  design: Pick<Design, 'nodes' | 'wires' | 'blocks'>,
  width: number,
  height: number,
  margin = 10,
): DesignPreview {
  const placed = boxesOf(design);
  const bounds = boundsOf(placed.values());
  if (!bounds) return { boxes: [], wires: [] };
  const [wide, high] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const scale = Math.min(largestScale, (width - 2 * margin) / wide, (height - 2 * margin) / high);
  const across = Math.min(tallestScale, scale * mostStretch, (height - 2 * margin) / high);
  const left = (width - wide * scale) / 2;
  const top = (height - high * across) / 2;
  const scaled = new Map<string, Box>();
  for (const [id, box] of placed)
    scaled.set(id, {
      left: left + (box.left - bounds.left) * scale,
      top: top + (box.top - bounds.top) * across,
      right: left + (box.right - bounds.left) * scale,
      bottom: top + (box.bottom - bounds.top) * across,
    });
  const boxes = design.nodes.flatMap((node): PreviewBox[] => {
    const box = scaled.get(node.id);
    if (!box) return [];
    const size = { width: Math.max(smallest, box.right - box.left), height: Math.max(smallest, box.bottom - box.top) };
    const round = ['sign', 'pill'].includes(shapeOf(node, design.blocks, 0).kind);
    const category = node.layer === undefined ? 'block' : (library.layers.get(node.layer)?.group ?? 'block');
    const radius = round ? Math.min(size.width, size.height) / 2 : Math.min(2, size.width / 4, size.height / 4);
    return [{ id: node.id, x: box.left, y: box.top, ...size, radius, category }];
  });
  const wires = design.wires.flatMap(({ from, to }) => {
    const [start, end] = [scaled.get(splitEndpoint(from)[0]), scaled.get(splitEndpoint(to)[0])];
    return start && end ? [wirePath(start, end, [...scaled.values()])] : [];
  });
  return { boxes, wires };
}

/** Straight to the next; bowed over what stands between, as skip connections are drawn. */
function wirePath(start: Box, end: Box, boxes: readonly Box[]): string {
  const [x1, y1] = [start.right, (start.top + start.bottom) / 2];
  const [x2, y2] = [end.left, (end.top + end.bottom) / 2];
  const middle = (Math.min(y1, y2) + Math.max(y1, y2)) / 2;
  const between = boxes.filter(
    (box) =>
      box !== start && box !== end && box.left > x1 && box.right < x2 && box.top <= middle && box.bottom >= middle,
  );
  const number = (value: number): string => String(Math.round(value * 10) / 10);
  if (between.length === 0) {
    const bend = Math.max(2, (x2 - x1) / 2);
    const controls = `${number(x1 + bend)} ${number(y1)} ${number(x2 - bend)} ${number(y2)}`;
    return `M${number(x1)} ${number(y1)}C${controls} ${number(x2)} ${number(y2)}`;
  }
  const above = Math.min(y1, y2, ...between.map(({ top }) => top)) - 6;
  const bend = (x2 - x1) / 4;
  const controls = `${number(x1 + bend)} ${number(above)} ${number(x2 - bend)} ${number(above)}`;
  return `M${number(x1)} ${number(y1)}C${controls} ${number(x2)} ${number(y2)}`;
}
