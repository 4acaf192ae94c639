/** The line between two panels: dragged, moved by the arrow keys, folded by Enter, put back by a double click. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import classes from './Splitter.module.css';

interface SplitterProps {
  label: string;
  /** The panel that it sizes lies on this side of it. */
  side: 'left' | 'right' | 'below';
  size: number;
  minimum: number;
  maximum: number;
  standard: number;
  onResize: (size: number) => void;
  onFold: () => void;
}

const steps = { small: 8, large: 48 } as const;

export function Splitter({
  label,
  side,
  size,
  minimum,
  maximum,
  standard,
  onResize,
  onFold,
}: SplitterProps): ReactNode {
  const start = useRef<{ at: number; size: number } | null>(null);
  const vertical = side !== 'below';
  const sign = side === 'left' ? 1 : -1;
  const resize = (wanted: number): void => onResize(Math.round(Math.min(maximum, Math.max(minimum, wanted))));
  const place = (event: PointerEvent): number => (vertical ? event.clientX : event.clientY);

  const move = (event: PointerEvent): void => {
    if (!start.current) return;
    resize(start.current.size + (place(event) - start.current.at) * sign);
  };
  const press = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? steps.large : steps.small;
    const ways: Readonly<Record<string, number>> = vertical
      ? { ArrowLeft: -by, ArrowRight: by }
      : { ArrowUp: -by, ArrowDown: by };
    const way = ways[event.key];
    if (way !== undefined) resize(size + way * sign);
    else if (event.key === 'Home') resize(minimum);
    else if (event.key === 'End') resize(maximum);
    else if (event.key === 'Enter') onFold();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      className={`${classes.splitter} ${vertical ? classes.vertical : classes.horizontal}`}
      aria-label={label}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={minimum}
      aria-valuemax={maximum}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: place(event), size };
      }}
      onPointerMove={move}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onDoubleClick={() => resize(standard)}
      onKeyDown={press}
    />
  );
}
