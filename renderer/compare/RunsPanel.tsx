/** The dock's tab of runs: the list, and beside it what the runs in it tell. */
import { useEffect, type ReactNode } from 'react';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ComparisonTabs } from './ComparisonTabs';
import { RunList } from './RunList';
import classes from './RunsPanel.module.css';
import { compareStrings } from './strings';

export function RunsPanel(): ReactNode {
  const studio = useStudio();
  const words = useStrings(compareStrings);
  const runs = useStudioState('runs', (state) => state.runs);
  const problem = useStudioState('runs', (state) => state.problem);
  useEffect(() => void studio.runs.getState().refresh(), [studio]);
  const retry = (
    <Button onClick={() => void studio.runs.getState().refresh()} data-action="runs.retry">
      {words.retry}
    </Button>
  );
  if (runs === null && problem !== null) {
    return <EmptyState title={words.panel} text={words.listFailed(problem)} action={retry} />;
  }
  if (runs === null) return <p className={classes.waiting}>{words.loading}</p>;
  if (runs.length === 0) {
    const train = (
      <Button kind="plain" onClick={() => studio.view.getState().showDock('training')}>
        {words.noRunsAction}
      </Button>
    );
    return <EmptyState title={words.noRunsTitle} text={words.noRunsText} action={train} />;
  }
  return (
    <div className={classes.panel} data-feature="runs">
      <section className={classes.list} aria-label={words.panel}>
        <RunList runs={runs} />
      </section>
      <section className={classes.details}>
        <ComparisonTabs runs={runs} />
      </section>
    </div>
  );
}
