/** The training dock: the plots of the run that trains, trained last, or was picked; or why there are none. */
import type { ReactNode } from 'react';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { trainingActions } from '../actions/trainingActions';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { CurveControls } from './CurveControls';
import { Preparing } from './Preparing';
import { RunHeading } from './RunHeading';
import { RunPlots } from './RunPlots';
import { RunProblem } from './RunProblem';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';
import { useShownRun, type ShownRun } from './useShownRun';

export function TrainingPanel(): ReactNode {
  const shown = useShownRun();
  const phase = useStudioState('training', (state) => state.phase);
  const picked = useStudioState('view', ({ shownRun }) => shownRun);
  const waits = (phase === 'preparing' || phase === 'stopping') && picked === null && !shown?.curves;
  return (
    <section className={classes.panel} data-feature="TrainingPanel">
      {picked === null && <RunProblem />}
      {waits ? <Preparing /> : shown ? <Shown shown={shown} /> : <Nothing />}
    </section>
  );
}

function Shown({ shown }: { shown: ShownRun }): ReactNode {
  const words = useStrings(trainingStrings);
  return (
    <>
      <div className={classes.head}>
        <RunHeading shown={shown} />
        <CurveControls />
      </div>
      {shown.curves ? (
        <RunPlots curves={shown.curves} version={shown.version} complete={shown.complete} />
      ) : (
        <p className={classes.absent}>{shown.problem ?? words.loadingRun}</p>
      )}
    </>
  );
}

function Nothing(): ReactNode {
  const words = useStrings(trainingStrings);
  const studio = useStudio();
  const problem = useStudioState('training', (state) => state.problem);
  const errors = useStudioState('derived', (state) => state.errors);
  const start = trainingActions.find(({ id }) => id === 'train.start');
  if (problem !== null) return null;
  return (
    <EmptyState
      title={words.emptyTitle}
      text={errors > 0 ? words.errors(errors) : words.emptyText}
      action={
        <Button disabled={errors > 0} onClick={() => void start?.run(studio)}>
          {words.train}
        </Button>
      }
    />
  );
}
