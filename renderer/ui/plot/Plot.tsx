/** Curves: the one component that draws with plotly. Crosshair, hover text and tool bar are laid over it, for they move. */
import { Download, FileImage, RotateCcw } from 'lucide-react';
import { useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { IconButton } from '../Button';
import { crosshairPixel, hoverRows, lineAt } from './hoverRows';
import { HoverText, type Pointer } from './HoverText';
import classes from './Plot.module.css';
import { PlotOverlay } from './PlotOverlay';
import { valueAtPixel } from './frame';
import type { PlotWords } from './plotTypes';
import { usePlotly, type PlotlyInput } from './usePlotly';

interface PlotProps extends Omit<PlotlyInput, 'formatTick'> {
  /** Names the plot for screen readers, the tests, and the file it is saved as. */
  title: string;
  'data-plot'?: string;
  words: PlotWords;
  /** Of the values under the crosshair: exact. */
  formatY: (value: number) => string;
  /** Of axes and labels; `formatY` where left out. */
  formatTick?: (value: number) => string;
  /** The crosshair that all plots share, on this plot's x axis. */
  hoveredX: number | null;
  onHover: (x: number | null) => void;
  /** Said above the values: "step 120". */
  describeX: (x: number) => string;
  /** The id of a line that is pointed at or clicked. */
  onPick?: (line: string) => void;
}

export function Plot({ title, words, formatY, hoveredX, onHover, describeX, onPick, ...rest }: PlotProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const { 'data-plot': name, formatTick = formatY, ...input } = rest;
  const { drawn, zoomed, resetZoom, save } = usePlotly(element, { ...input, formatTick });
  const [pointer, setPointer] = useState<Pointer | null>(null);

  const move = (event: MouseEvent<HTMLElement>): void => {
    if (!drawn) return;
    const { frame } = drawn;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const inside = x >= frame.left && x <= frame.width - frame.right && y >= 0 && y <= frame.height;
    setPointer(inside ? { inPlot: [x, y], inWindow: [event.clientX, event.clientY] } : null);
    onHover(inside ? valueAtPixel(frame, x) : null);
  };
  const leave = (): void => {
    setPointer(null);
    onHover(null);
  };
  const pick = (): void => {
    if (!drawn || !pointer || !onPick) return;
    const line = lineAt(drawn.content, drawn.frame, pointer.inPlot, (pixel) => valueAtPixel(drawn.frame, pixel));
    if (line) onPick(line.id);
  };

  const crosshair = drawn && crosshairPixel(drawn.frame, hoveredX);
  const empty = drawn !== null && drawn.content.lines.every(({ x }) => x.length === 0);
  return (
    <figure
      className={classes.plot}
      aria-label={title}
      data-plot={name}
      data-zoomed={zoomed}
      onMouseMove={move}
      onMouseLeave={leave}
      onClick={pick}
    >
      <div ref={element} className={classes.drawing} />
      {drawn && <PlotOverlay texts={drawn.texts} />}
      {empty && <p className={classes.nothing}>{words.nothingYet}</p>}
      {drawn && crosshair !== null && (
        <div
          className={classes.crosshair}
          data-crosshair
          style={{
            transform: `translateX(${crosshair}px)`,
            top: drawn.frame.top,
            bottom: drawn.frame.bottom,
          }}
        />
      )}
      {drawn && pointer && hoveredX !== null && (
        <HoverText
          heading={describeX(hoveredX)}
          rows={hoverRows(drawn.content, hoveredX)}
          format={formatY}
          at={pointer.inWindow}
        />
      )}
      <div className={classes.tools} onMouseMove={(event) => event.stopPropagation()}>
        {zoomed && (
          <IconButton label={words.resetZoom} icon={<RotateCcw size={14} aria-hidden />} onClick={resetZoom} />
        )}
        <IconButton
          label={words.savePng}
          icon={<FileImage size={14} aria-hidden />}
          onClick={() => save('png', title)}
        />
        <IconButton
          label={words.saveSvg}
          icon={<Download size={14} aria-hidden />}
          onClick={() => save('svg', title)}
        />
      </div>
    </figure>
  );
}
