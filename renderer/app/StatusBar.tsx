/** The lower edge: engine, size of the network, problems, and how training goes. */
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { formatBytes, formatCount } from '../i18n/amounts';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { useShownEngine } from '../state/useShownEngine';
import { TrainingStatus } from '../training/TrainingStatus';
import { Boundary } from './Boundary';
import classes from './StatusBar.module.css';
import { appStrings } from './strings';

export function StatusBar(): ReactNode {
  const words = useStrings(appStrings);
  const phase = useStudioState('training', (state) => state.phase);
  const engine = useShownEngine();
  return (
    <footer className={classes.bar} aria-label={words.status} data-region="status">
      <span className={classes.item} title={words.engine}>
        <span className={classes.dot} data-phase={phase} aria-hidden />
        {engine}
      </span>
      <Totals />
      <ProblemsButton />
      <div className={classes.training}>
        <Boundary part={words.training}>
          <TrainingStatus />
        </Boundary>
      </div>
    </footer>
  );
}

function Totals(): ReactNode {
  const words = useStrings(appStrings);
  const { trainable, nonTrainable, macs } = useStudioState('derived', ({ compiled }) => compiled.totals);
  const memory = useStudioState('derived', ({ compiled }) => compiled.program?.memory ?? null);
  return (
    <>
      <span
        className={classes.item}
        title={words.parametersHelp(formatCount(trainable), formatCount(nonTrainable))}
        data-total="parameters"
      >
        <b>{formatCount(trainable + nonTrainable)}</b> {words.parameters}
      </span>
      <span className={classes.item} title={words.macsHelp} data-total="macs">
        <b>{formatCount(macs)}</b> {words.macs}
      </span>
      {memory !== null && (
        <span className={classes.item} title={words.memoryHelp} data-total="memory">
          <b>{formatBytes(memory)}</b> {words.memory}
        </span>
      )}
    </>
  );
}

function ProblemsButton(): ReactNode {
  const studio = useStudio();
  const words = useStrings(appStrings);
  const errors = useStudioState('derived', (state) => state.errors);
  const warnings = useStudioState('derived', (state) => state.warnings);
  const show = (): void => {
    const action = actionById('view.problems');
    if (action) void runAction(action, studio);
  };
  const icon =
    errors > 0 ? <CircleAlert size={13} aria-hidden /> : warnings > 0 ? <TriangleAlert size={13} aria-hidden /> : null;
  return (
    <button
      type="button"
      className={classes.problems}
      data-kind={errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'none'}
      data-action="view.problems"
      onClick={show}
    >
      {icon ?? <CircleCheck size={13} aria-hidden />}
      {errors + warnings > 0 ? words.problemCount(errors, warnings) : words.noProblems}
    </button>
  );
}
