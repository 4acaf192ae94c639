/** Everything that is wrong with the design, errors first; a long list draws only what is seen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStudioState, useStrings } from '../state/StudioContext';
import { EmptyState } from '../ui/EmptyState';
import { ProblemRow } from './ProblemRow';
import classes from './Problems.module.css';
import { strings } from './strings';

const rowHeight = 36;

export function Problems(): ReactNode {
  const words = useStrings(strings);
  const diagnostics = useStudioState('derived', ({ compiled }) => compiled.diagnostics);
  const drawn = useStudioState('document', ({ design }) => design.nodes.length > 0);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: diagnostics.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  if (!drawn) return <EmptyState title={words.emptyTitle} text={words.emptyText} />;
  if (diagnostics.length === 0)
    return (
      <EmptyState
        title={words.none}
        text={words.noneText}
        action={<CircleCheck className={classes.fine} size={20} aria-hidden />}
      />
    );
  return (
    <div ref={scroller} className={classes.scroller} onKeyDown={(event) => moveFocus(scroller.current, event)}>
      <div className={classes.list} style={{ height: rows.getTotalSize() }} role="list" aria-label={words.problems}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const diagnostic = diagnostics[index];
          return (
            diagnostic && (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
                role="listitem"
              >
                <ProblemRow diagnostic={diagnostic} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** Up and down go from sentence to sentence. */
function moveFocus(list: HTMLElement | null, event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const stops = [...(list?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
  const within = (stop: HTMLElement): boolean => stop.parentElement?.contains(document.activeElement) ?? false;
  const at = stops.findIndex(within) + (event.key === 'ArrowDown' ? 1 : -1);
  stops[Math.min(Math.max(at, 0), stops.length - 1)]?.focus();
}
