/** Rows of values over the steps as colours. A canvas of our own: a picture of pixels, redrawn in a millisecond. */
import { FileImage } from 'lucide-react';
import { useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { IconButton } from '../Button';
import { ticksOf } from './axes';
import { cividis } from './cividis';
import classes from './HeatMap.module.css';
import { heatValueAt, type HeatContent } from './heatPixels';
import { HoverText, type Pointer } from './HoverText';
import plotClasses from './Plot.module.css';
import type { PlotWords } from './plotTypes';
import { useHeatMap, type DrawnHeat } from './useHeatMap';

interface HeatMapProps {
  title: string;
  'data-plot'?: string;
  /** Another function: something is to be drawn anew. `columns` of pixels are there. */
  content: (columns: number) => HeatContent;
  xTitle: string;
  formatX: (x: number) => string;
  formatValue: (value: number) => string;
  /** Of the legend: short. */
  formatTick: (value: number) => string;
  describeX: (x: number) => string;
  words: Pick<PlotWords, 'savePng' | 'nothingYet'>;
  hoveredX: number | null;
  onHover: (x: number | null, row: string | null) => void;
  /** The row that is pointed at here or elsewhere. */
  hoveredRow: string | null;
  onPick: (row: string) => void;
}

/** Below this a name does not fit beside its row. */
const smallestRow = 10;

export function HeatMap(props: HeatMapProps): ReactNode {
  const { title, content, xTitle, formatX, formatValue, formatTick, describeX, words, hoveredX, hoveredRow } = props;
  const element = useRef<HTMLCanvasElement>(null);
  const drawn = useHeatMap(element, content);
  const [pointer, setPointer] = useState<Pointer | null>(null);
  const row = drawn && pointer ? rowAt(drawn, pointer.inPlot[1]) : null;

  const move = (event: MouseEvent<HTMLElement>): void => {
    if (!drawn || drawn.content.rows.length === 0) return;
    const at = [event.nativeEvent.offsetX, event.nativeEvent.offsetY] as const;
    setPointer({ inPlot: at, inWindow: [event.clientX, event.clientY] });
    const place = drawn.x[0] + (at[0] / drawn.width) * (drawn.x[1] - drawn.x[0]);
    props.onHover(place, rowAt(drawn, at[1])?.id ?? null);
  };
  const leave = (): void => {
    setPointer(null);
    props.onHover(null, null);
  };
  const save = (): void => element.current?.toBlob((picture) => picture && download(picture, `${title}.png`));

  const value = drawn && row && hoveredX !== null ? heatValueAt(drawn.content, row.at, hoveredX) : null;
  const empty = drawn !== null && drawn.content.starts.length === 0;
  return (
    <figure className={classes.map} aria-label={title} data-plot={props['data-plot']}>
      <figcaption className={classes.head}>
        <span>{title}</span>
        {drawn && !empty && <Legend range={drawn.content.range} format={formatTick} />}
      </figcaption>
      {drawn && <RowNames drawn={drawn} hovered={hoveredRow} onPick={props.onPick} />}
      <div
        className={classes.field}
        onMouseMove={move}
        onMouseLeave={leave}
        onClick={() => row && props.onPick(row.id)}
      >
        <canvas ref={element} className={classes.canvas} />
        {drawn && <Overlay drawn={drawn} hoveredX={hoveredX} hoveredRow={hoveredRow} />}
        {drawn && pointer && row && hoveredX !== null && (
          <HoverText
            heading={describeX(hoveredX)}
            rows={[{ id: row.id, name: row.name, colour: 'transparent', dashed: false, value: value ?? NaN }]}
            format={(one) => (value === null ? '–' : formatValue(one))}
            at={pointer.inWindow}
          />
        )}
        {empty && <p className={classes.nothing}>{words.nothingYet}</p>}
      </div>
      {drawn && !empty && <Ticks drawn={drawn} format={formatX} title={xTitle} />}
      <div className={`${plotClasses.tools} ${classes.tools}`}>
        <IconButton label={words.savePng} icon={<FileImage size={14} aria-hidden />} onClick={save} />
      </div>
    </figure>
  );
}

function rowAt({ content, height }: DrawnHeat, y: number): { id: string; name: string; at: number } | null {
  const at = Math.floor((y / height) * content.rows.length);
  const row = content.rows[at];
  return row ? { ...row, at } : null;
}

function Legend({ range, format }: { range: readonly [number, number]; format: (value: number) => string }): ReactNode {
  const stops = [0, 64, 128, 192, 255].map((at) => `rgb(${cividis.subarray(at * 3, at * 3 + 3).join(' ')})`);
  return (
    <span className={classes.legend}>
      {format(range[0])}
      <span className={classes.ramp} style={{ backgroundImage: `linear-gradient(to right, ${stops.join(', ')})` }} />
      {format(range[1])}
    </span>
  );
}

interface RowNamesProps {
  drawn: DrawnHeat;
  hovered: string | null;
  onPick: (row: string) => void;
}

/** All names where they fit, else the first and the last. */
function RowNames({ drawn: { content, height }, hovered, onPick }: RowNamesProps): ReactNode {
  const { rows } = content;
  const every = height / Math.max(1, rows.length) >= smallestRow;
  return (
    <div className={classes.names}>
      {rows.map(({ id, name }, at) =>
        every || at === 0 || at === rows.length - 1 ? (
          <button
            key={id}
            type="button"
            className={classes.name}
            style={{ top: `${((at + 0.5) / rows.length) * 100}%` }}
            data-hovered={hovered === id}
            title={name}
            onClick={() => onPick(id)}
          >
            {name}
          </button>
        ) : null,
      )}
    </div>
  );
}

interface OverlayProps {
  drawn: DrawnHeat;
  hoveredX: number | null;
  hoveredRow: string | null;
}

function Overlay({ drawn: { content, x, width, height }, hoveredX, hoveredRow }: OverlayProps): ReactNode {
  const seen = hoveredX !== null && hoveredX >= x[0] && hoveredX <= x[1];
  const at = content.rows.findIndex(({ id }) => id === hoveredRow);
  const rowHeight = height / Math.max(1, content.rows.length);
  return (
    <>
      {seen && (
        <div
          className={`${plotClasses.crosshair} ${classes.crosshair}`}
          data-crosshair
          style={{ transform: `translateX(${((hoveredX - x[0]) / (x[1] - x[0])) * width}px)` }}
        />
      )}
      {at >= 0 && <div className={classes.row} style={{ top: at * rowHeight, height: rowHeight }} />}
    </>
  );
}

function Ticks({
  drawn,
  format,
  title,
}: {
  drawn: DrawnHeat;
  format: (x: number) => string;
  title: string;
}): ReactNode {
  const { x, width } = drawn;
  const room = 1 - (26 + 7 * [...title].length) / width;
  const ticks = ticksOf(x, Math.max(2, Math.floor(width / 70)), false).filter(
    (tick) => (tick - x[0]) / (x[1] - x[0]) < room,
  );
  return (
    <div className={classes.ticks}>
      {ticks.map((tick) => (
        <span key={tick} style={{ left: `${((tick - x[0]) / (x[1] - x[0])) * 100}%` }}>
          {format(tick)}
        </span>
      ))}
      <span className={classes.xTitle}>{title}</span>
    </div>
  );
}

function download(picture: Blob, name: string): void {
  const address = URL.createObjectURL(picture);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
