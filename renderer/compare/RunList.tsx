/** All runs, filtered and sorted; only the rows that are seen are drawn. Arrows select, Space overlays, Delete deletes. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { isLiving, removeRun, setCompared, soloRun } from '../actions/runCommands';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { RunListHeader } from './RunListHeader';
import { RunListToolbar } from './RunListToolbar';
import { RunRow } from './RunRow';
import classes from './RunList.module.css';
import { filterRuns, needsResuming, rowFrom, sortRuns } from './runRows';
import { compareStrings } from './strings';

const rowHeight = 30;
const secondLine = 24;

export function RunList({ runs }: { runs: readonly RunListing[] }): ReactNode {
  const studio = useStudio();
  const words = useStrings(compareStrings);
  const filter = useStudioState('comparison', (state) => state.filter);
  const sort = useStudioState('comparison', (state) => state.sort);
  const selected = useStudioState('view', ({ shownRun }) => shownRun);
  const scroller = useRef<HTMLDivElement>(null);
  const filtered = useMemo(() => filterRuns(runs, filter), [runs, filter]);
  const rows = useMemo(() => sortRuns(filtered.runs, sort), [filtered, sort]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => rowHeight + (isTall(rows[at]) ? secondLine : 0),
    getItemKey: (at) => `${rows[at]?.id ?? at} ${isTall(rows[at])}`,
    overscan: 6,
  });

  const go = (by: number): void => {
    const id = rowFrom(rows, selected, by);
    if (id === null) return;
    studio.view.getState().set({ shownRun: id });
    virtual.scrollToIndex(rows.findIndex((row) => row.id === id));
  };
  const keys: Record<string, (run: RunListing | undefined) => void> = {
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    PageDown: () => go(10),
    PageUp: () => go(-10),
    Home: () => go(-rows.length),
    End: () => go(rows.length),
    ' ': (run) => run && setCompared(studio, run.id, !studio.view.getState().comparedRuns.includes(run.id)),
    Enter: (run) => run && soloRun(studio, run.id),
    Delete: (run) => {
      if (!run || isLiving(run)) return;
      const next = [rowFrom(rows, run.id, 1), rowFrom(rows, run.id, -1)].find((id) => id !== run.id) ?? null;
      void removeRun(studio, run).then((removed) => removed && studio.view.getState().set({ shownRun: next }));
    },
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (!act || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(rows.find(({ id }) => id === selected));
  };

  const showAll = (
    <Button onClick={() => studio.comparison.getState().set({ filter: { text: '', state: 'all' } })}>
      {words.showAll}
    </Button>
  );
  return (
    <>
      <RunListToolbar shown={rows.length} all={runs.length} understood={filtered.understood} />
      {rows.length === 0 && <EmptyState title={words.noMatch} text={words.noMatchText} action={showAll} />}
      <div className={classes.scroller} ref={scroller} hidden={rows.length === 0}>
        <div
          className={classes.grid}
          role="grid"
          tabIndex={0}
          aria-label={words.panel}
          aria-rowcount={rows.length + 1}
          aria-activedescendant={selected === null ? undefined : `run-${selected}`}
          onKeyDown={onKeyDown}
        >
          <RunListHeader />
          <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const run = rows[item.index];
              if (!run) return null;
              return <RunRow key={run.id} run={run} at={item.index} top={item.start} height={item.size} />;
            })}
          </div>
        </div>
      </div>
    </>
  );
}

function isTall(run: RunListing | undefined): boolean {
  return run !== undefined && (run.problem !== null || needsResuming(run));
}
