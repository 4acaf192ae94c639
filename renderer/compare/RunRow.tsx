/** One run in the list: its colour, what became of it, what it achieved, and what can be done with it. */
import { Check, Pin } from 'lucide-react';
import { memo, type MouseEvent, type ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { needsResuming } from './runRows';
import { resumeRun, setCompared, soloRun } from '../actions/runCommands';
import { formatDuration, formatMeasure, formatWhen } from '../i18n/numbers';
import { sentenceText } from '../i18n/sentenceText';
import { runColour } from '../state/runColours';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { mainMeasure, runCode } from './measures';
import classes from './RunList.module.css';
import { RunMenu } from './RunMenu';
import { RunStateBadge } from './RunStateBadge';
import { compareStrings } from './strings';

interface RunRowProps {
  run: RunListing;
  at: number;
  top: number;
  height: number;
}

export const RunRow = memo(function RunRow({ run, at, top, height }: RunRowProps): ReactNode {
  const studio = useStudio();
  const words = useStrings(compareStrings);
  const selected = useStudioState('view', ({ shownRun }) => shownRun === run.id);
  const overlaid = useStudioState('view', ({ comparedRuns }) => comparedRuns.includes(run.id));
  const colour = useStudioState('settings', ({ settings }) => runColour(settings.runColours, run.id));
  const baseline = useStudioState('settings', ({ settings }) => settings.baselineRun === run.id);
  const problem = run.problem === null ? null : sentenceText(run.problem, studio.language());
  const tick = (event: MouseEvent): void => {
    event.stopPropagation();
    if (event.altKey) soloRun(studio, run.id);
    else setCompared(studio, run.id, !overlaid);
  };
  const result = (measures: RunListing['validation']): string => {
    if (!measures) return '–';
    const name = mainMeasure(measures);
    const text = formatMeasure(name, measures[name]);
    return name === 'loss' ? words.lossOf(text) : text;
  };
  return (
    <div
      role="row"
      id={`run-${run.id}`}
      aria-rowindex={at + 2}
      aria-selected={selected}
      className={`${classes.row} ${classes.body} ${selected ? classes.selected : ''}`}
      style={{ transform: `translateY(${top}px)`, height }}
      data-run={run.id}
      data-state={run.state}
      onClick={(event) => (event.altKey ? soloRun(studio, run.id) : studio.view.getState().set({ shownRun: run.id }))}
    >
      <span role="gridcell" className={classes.tick}>
        <button
          type="button"
          role="checkbox"
          tabIndex={-1}
          className={classes.dot}
          style={{ borderColor: colour, background: overlaid ? colour : 'transparent' }}
          aria-checked={overlaid}
          aria-label={words.overlay(run.name)}
          title={words.overlayHelp}
          onClick={tick}
        >
          {overlaid && <Check size={11} strokeWidth={3.5} aria-hidden />}
        </button>
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.name}`} title={`${run.name}\n${run.id}`}>
        <span className={classes.nameText}>{run.name}</span>
        <span className={classes.code}>{runCode(run.id)}</span>
        {baseline && <Pin size={12} className={classes.pin} aria-label={words.baseline} />}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.state}`}>
        <RunStateBadge run={run} />
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.validation}`}>
        {result(run.validation)}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.test}`}>
        {result(run.test)}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.epochs}`}>
        {run.epochs === null ? run.epoch : `${run.epoch}/${run.epochs}`}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.duration}`}>
        {formatDuration(run.seconds)}
      </span>
      <span role="gridcell" className={`${classes.cell} ${classes.created}`} title={run.created}>
        {formatWhen(run.created, studio.language())}
      </span>
      <span
        role="gridcell"
        className={`${classes.cell} ${classes.engine}`}
        title={sentenceText(run.device ?? '', studio.language())}
      >
        {run.engine ?? '–'}
      </span>
      <span role="gridcell" className={classes.actions}>
        <RunMenu run={run} />
      </span>
      {(problem || needsResuming(run)) && (
        <span className={classes.second}>
          {problem && (
            <span className={classes.problem} title={problem}>
              {problem}
            </span>
          )}
          {!problem && <span className={classes.brokeOff}>{words.brokeOff(run.epoch)}</span>}
          {needsResuming(run) && (
            <button type="button" className={classes.resume} onClick={() => void resumeRun(studio, run.id)}>
              {words.resume}
            </button>
          )}
        </span>
      )}
    </div>
  );
});
