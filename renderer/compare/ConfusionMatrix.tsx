/** Which class is taken for which: counts, shaded by their share of the row. One stop for the keyboard; arrows walk it. */
import {
  memo,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { ClassTable } from '../../shared/ipc/studio/runSchemas';
import { formatPercent } from '../i18n/numbers';
import { useStrings } from '../state/StudioContext';
import classes from './ConfusionMatrix.module.css';
import { moveCell, rowShares, type CellPlace } from './classRows';
import { compareStrings } from './strings';

interface ConfusionMatrixProps {
  table: ClassTable;
  cell: CellPlace | null;
  onCell: (cell: CellPlace) => void;
}

/** Smaller cells show no numbers; smaller than this none at all. */
const leastWithText = 16;
const least = 8;
const most = 40;
/** Height of the column labels. */
const header = 18;

export function ConfusionMatrix({ table, cell, onCell }: ConfusionMatrixProps): ReactNode {
  const words = useStrings(compareStrings);
  const frame = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLSpanElement>(null);
  const [height, setHeight] = useState(220);
  const [pointed, setPointed] = useState<CellPlace | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => cursor.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [cell]);
  const count = table.classes.length;
  const fitting = Math.floor((height - 52) / Math.max(1, count));
  const side = Math.min(most, Math.max(count <= 24 ? leastWithText : least, fitting));
  const labels = labelWidth(table.classes.map(({ name }) => name));
  const nameOf = (at: number): string => table.classes[at]?.name ?? String(at);
  const told = (place: CellPlace): string => {
    const row = table.confusion[place.actual] ?? [];
    const found = row[place.predicted] ?? 0;
    const total = row.reduce((sum, one) => sum + one, 0);
    return words.cell(
      nameOf(place.actual),
      nameOf(place.predicted),
      found,
      formatPercent(total === 0 ? 0 : found / total),
    );
  };
  const placeOf = (target: EventTarget): CellPlace | null => {
    const found = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-cell]')?.dataset.cell : undefined;
    const [actual, predicted] = found?.split(':').map(Number) ?? [];
    return actual === undefined || predicted === undefined ? null : { actual, predicted };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveCell(cell ?? { actual: 0, predicted: 0 }, event.key, count);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onCell(cell ? next : { actual: 0, predicted: 0 });
  };
  const shown = pointed ?? cell;
  return (
    <div className={classes.frame} ref={frame}>
      <div className={classes.scroller}>
        <div
          className={classes.matrix}
          role="grid"
          tabIndex={0}
          aria-label={words.matrix}
          aria-activedescendant={cell ? `cell-${cell.actual}-${cell.predicted}` : undefined}
          style={{ '--side': `${side}px`, '--count': count, '--labels': `${labels}px` } as CSSProperties}
          onKeyDown={onKeyDown}
          onClick={({ target }) => {
            const place = placeOf(target);
            if (place) onCell(place);
          }}
          onPointerMove={({ target }) => {
            const place = placeOf(target);
            setPointed((before) => (JSON.stringify(before) === JSON.stringify(place) ? before : place));
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <div className={classes.cells} role="presentation">
            <Cells table={table} side={side} />
          </div>
          {cell && (
            <span
              ref={cursor}
              className={classes.cursor}
              aria-hidden
              style={{ transform: `translate(${labels + cell.predicted * side}px, ${header + cell.actual * side}px)` }}
            />
          )}
        </div>
      </div>
      <p className={classes.told} role="status">
        {shown ? told(shown) : `↓ ${words.actual} · → ${words.predicted}`}
      </p>
    </div>
  );
}

interface CellsProps {
  table: ClassTable;
  side: number;
}

/** Ten thousand cells at worst: drawn once, not when the cursor moves. */
const Cells = memo(function Cells({ table, side }: CellsProps): ReactNode {
  const shares = rowShares(table.confusion);
  const withText = side >= leastWithText;
  const names = table.classes.map(({ name }) => name);
  const rowLabel = (at: number): string => (at % Math.ceil(14 / side) === 0 ? (names[at] ?? '') : '');
  // Columns are as narrow as their cells: where a name is too long, its place in the order stands for it.
  const long = names.some((name) => name.length * 6 > side);
  const columnLabel = (at: number): string => {
    if (!long) return names[at] ?? '';
    return at % Math.ceil(20 / side) === 0 ? String(at) : '';
  };
  return (
    <>
      <span className={classes.corner} />
      {table.classes.map(({ name }, at) => (
        <span key={at} className={classes.columnLabel} style={{ gridColumn: at + 2 }} title={name}>
          {columnLabel(at)}
        </span>
      ))}
      {table.confusion.map((row, actual) => (
        <div role="row" className={classes.row} key={actual}>
          <span
            role="rowheader"
            className={classes.rowLabel}
            style={{ gridRow: actual + 2 }}
            title={table.classes[actual]?.name}
          >
            {rowLabel(actual)}
          </span>
          {row.map((count, predicted) => (
            <span
              key={predicted}
              role="gridcell"
              id={`cell-${actual}-${predicted}`}
              className={classes.cell}
              data-cell={`${actual}:${predicted}`}
              data-right={actual === predicted || undefined}
              data-dark={(shares[actual]?.[predicted] ?? 0) > 0.55 || undefined}
              style={cellStyle({ actual, predicted }, count > 0 ? shadeOf(shares[actual]?.[predicted] ?? 0) : null)}
            >
              {withText && count > 0 && <b>{count}</b>}
            </span>
          ))}
        </div>
      ))}
    </>
  );
});

/** Of the row labels, as much as the longest needs, within reason. */
function labelWidth(names: readonly string[]): number {
  return Math.min(88, 10 + 6 * Math.max(1, ...names.map((name) => name.length)));
}

/** Each stands where it belongs by itself, so that the cursor can lie over one without moving the others. */
function cellStyle({ actual, predicted }: CellPlace, shade: string | null): CSSProperties {
  const place = { gridRow: actual + 2, gridColumn: predicted + 2 };
  return shade === null ? place : ({ ...place, '--share': shade } as CSSProperties);
}

/** One sample of a thousand must still be seen: a tenth at least. */
function shadeOf(share: number): string {
  return (0.1 + 0.9 * share).toFixed(3);
}
