/** A plot's words over its drawing, where a saved picture has them too. */
import type { ReactNode } from 'react';
import classes from './Plot.module.css';
import type { PlotText } from './plotTexts';

/** How far below the place the line stands on which letters stand, in the type's size. */
const drops = { top: '0.97em', middle: '0.365em', bottom: '-0.24em' } as const;

export function PlotOverlay({ texts }: { texts: readonly PlotText[] }): ReactNode {
  return (
    <svg className={classes.texts}>
      {texts.map(({ text, x, y, anchor, vertical, colour, size }, at) => (
        <text
          key={at}
          x={x}
          y={y}
          dy={drops[vertical]}
          textAnchor={anchor === 'left' ? 'start' : 'end'}
          fontSize={size}
          fill={colour}
        >
          {text}
        </text>
      ))}
    </svg>
  );
}
