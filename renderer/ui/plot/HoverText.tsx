/** The values under the crosshair, beside the pointer: over all that surrounds the plot, never outside of the window. */
import type { ReactNode } from 'react';
import type { HoverRow } from './hoverRows';
import classes from './Plot.module.css';

/** Where the pointer is, in pixels of the plot and of the window. */
export interface Pointer {
  inPlot: readonly [number, number];
  inWindow: readonly [number, number];
}

interface HoverTextProps {
  heading: string;
  rows: readonly HoverRow[];
  format: (value: number) => string;
  at: Pointer['inWindow'];
}

export function HoverText({ heading, rows, format, at: [x, y] }: HoverTextProps): ReactNode {
  const { innerWidth: width, innerHeight: height } = window;
  const side = x > width / 2 ? { right: width - x + 14 } : { left: x + 14 };
  const level = y > height / 2 ? { bottom: Math.max(4, height - y - 24) } : { top: Math.max(4, y - 24) };
  return (
    <div className={classes.hover} style={{ ...side, ...level }} role="status">
      <div className={classes.heading}>{heading}</div>
      {rows.map(({ id, name, colour, dashed, value, raw }) => (
        <div key={id} className={classes.row}>
          <span className={classes.swatch} data-dashed={dashed} style={{ borderColor: colour }} />
          <span className={classes.name}>{name}</span>
          <b>{format(value)}</b>
          {raw !== undefined && <span className={classes.raw}>{format(raw)}</span>}
        </div>
      ))}
    </div>
  );
}
