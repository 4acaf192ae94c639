/** How training goes, in the status bar: rate, epoch, bar, time left. Nothing while nothing trains. */
import type { ReactNode } from 'react';
import { formatDuration } from '../i18n/numbers';
import { useStrings, useStudioState } from '../state/StudioContext';
import { currentEpoch, fractionDone, secondsLeft } from '../state/trainingProgress';
import { trainingStrings } from './strings';
import classes from './TrainingStatus.module.css';

export function TrainingStatus(): ReactNode {
  const words = useStrings(trainingStrings);
  const phase = useStudioState('training', (state) => state.phase);
  const step = useStudioState('training', (state) => state.step);
  const epoch = useStudioState('training', (state) => state.epoch);
  const epochs = useStudioState('training', (state) => state.epochs);
  const stepsPerEpoch = useStudioState('training', (state) => state.stepsPerEpoch);
  const stepsPerSecond = useStudioState('training', (state) => state.stepsPerSecond);
  const progress = { step, epoch, epochs, stepsPerEpoch, stepsPerSecond };
  if (phase === 'idle') return null;
  if (phase === 'preparing') return <span className={classes.status}>{words.statePreparing}…</span>;
  const left = phase === 'running' ? secondsLeft(progress) : null;
  const fraction = fractionDone(progress);
  return (
    <span className={classes.status} data-training={phase} data-step={step} data-epoch={currentEpoch(progress)}>
      {phase === 'running' && stepsPerSecond > 0 && (
        <span className={classes.rate}>{words.stepsPerSecond(rateText(stepsPerSecond))}</span>
      )}
      {phase !== 'running' && (
        <span>{phase === 'paused' ? words.statePaused : phase === 'pausing' ? words.pausing : words.stopping}</span>
      )}
      <span>{words.epochOf(currentEpoch(progress), epochs)}</span>
      <progress className={classes.bar} value={fraction} max={1} aria-label={words.progress} />
      {left !== null && <span className={classes.left}>{words.left(formatDuration(left))}</span>}
    </span>
  );
}

/** "3.4", "42", "1,250". */
function rateText(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
