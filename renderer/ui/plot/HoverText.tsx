/** The values under the crosshair, beside the pointer and never outside of the plot. */
import type { ReactNode } from 'react';
import type { HoverRow } from './hoverRows';
import classes from './Plot.module.css';

interface HoverTextProps {
  heading: string;
  rows: readonly HoverRow[];
  format: (value: number) => string;
  at: readonly [number, number];
  width: number;
  height: number;
}

export function HoverText({ heading, rows, format, at: [x, y], width, height }: HoverTextProps): ReactNode {
  const onLeft = x > width / 2;
  const side = onLeft ? { right: width - x + 14 } : { left: x + 14 };
  const level = y > height / 2 ? { bottom: Math.max(0, height - y - 24) } : { top: Math.max(0, y - 24) };
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
