/** What the chosen runs tell: their curves, how they differ, and how one of them does on classes and on samples. */
import { Tabs } from 'radix-ui';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { runColour } from '../state/runColours';
import type { ComparisonTab } from '../state/comparisonStore';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Classes } from './Classes';
import classes from './ComparisonTabs.module.css';
import { Curves } from './Curves';
import { Differences } from './Differences';
import { runCode } from './measures';
import { runsInView } from './runsInView';
import { compareStrings } from './strings';
import { TrySample } from './TrySample';

const tabs = ['curves', 'differences', 'classes', 'try'] as const;

export function ComparisonTabs({ runs }: { runs: readonly RunListing[] }): ReactNode {
  const studio = useStudio();
  const words = useStrings(compareStrings);
  const tab = useStudioState('comparison', (state) => state.tab);
  const compared = useStudioState('view', ({ comparedRuns }) => comparedRuns);
  const shown = useStudioState('view', ({ shownRun }) => shownRun);
  const baseline = useStudioState('settings', ({ settings }) => settings.baselineRun);
  const inView = useMemo(() => runsInView(runs, { compared, shown, baseline }), [runs, compared, shown, baseline]);
  const one =
    runs.find(({ id }) => id === shown) ?? (inView.overlaid.length === 1 ? (inView.overlaid[0] ?? null) : null);
  const wanted = useMemo(
    () => [...new Set([...inView.overlaid, ...inView.compared, ...(one ? [one] : [])].map(({ id }) => id))].join('\n'),
    [inView, one],
  );
  useEffect(() => {
    studio.runDetails.getState().want(wanted === '' ? [] : wanted.split('\n'));
    return () => studio.runDetails.getState().want([]);
  }, [studio, wanted]);
  return (
    <Tabs.Root
      className={classes.root}
      value={tab}
      onValueChange={(value) => studio.comparison.getState().set({ tab: value as ComparisonTab })}
    >
      <div className={classes.head}>
        <Tabs.List className={classes.list} aria-label={words.panel}>
          {tabs.map((value) => (
            <Tabs.Trigger key={value} value={value} className={classes.tab} data-tab={value}>
              {value === 'try' ? words.tryIt : words[value]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {one && (tab === 'classes' || tab === 'try') && <RunLabel run={one} />}
      </div>
      <Tabs.Content value="curves" className={classes.content}>
        <Curves runs={inView.overlaid} selected={shown} />
      </Tabs.Content>
      <Tabs.Content value="differences" className={classes.content}>
        <Differences runs={inView.compared} baseline={inView.baseline} />
      </Tabs.Content>
      <Tabs.Content value="classes" className={classes.content}>
        <Classes key={one?.id} run={one} />
      </Tabs.Content>
      <Tabs.Content value="try" className={classes.content}>
        <TrySample key={one?.id} run={one} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function RunLabel({ run }: { run: RunListing }): ReactNode {
  const colour = useStudioState('settings', ({ settings }) => runColour(settings.runColours, run.id));
  return (
    <span className={classes.run} title={run.id}>
      <span className={classes.swatch} style={{ background: colour }} aria-hidden />
      <span className={classes.runName}>{run.name}</span>
      <span className={classes.code}>{runCode(run.id)}</span>
    </span>
  );
}
