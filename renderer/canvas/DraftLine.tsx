/** The wire that is being drawn. */
import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useCanvasState } from './canvasState';
import classes from './Canvas.module.css';
import { wirePath } from './wireRoute';

export function DraftLine({ fromX, fromY, toX, toY, fromHandle }: ConnectionLineComponentProps): ReactNode {
  const refused = useCanvasState(({ hint }) => hint?.refused === true);
  const backwards = fromHandle.type === 'target';
  const [from, to] = [[fromX, fromY] as const, [toX, toY] as const];
  const { path } = backwards ? wirePath(to, from, null) : wirePath(from, to, null);
  return <path className={`${classes.draft} ${refused ? classes.draftRefused : ''}`} d={path} />;
}
