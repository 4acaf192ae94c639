/** While the data are prepared and the engine starts: what is done, and how much of it. */
import type { ReactNode } from 'react';
import { formatPercent } from '../i18n/numbers';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';

export function Preparing(): ReactNode {
  const words = useStrings(trainingStrings);
  const { training } = useStudio();
  const progress = useStudioState('data', (state) => state.progress);
  const trial = useStudioState('training', (state) => state.trial);
  const share = progress && progress.total !== null && progress.total > 0 ? progress.done / progress.total : null;
  return (
    <div className={classes.preparing} role="status">
      <p>
        <b>{trial ? words.measuring : progress && (share ?? 0) < 1 ? words.preparing : words.starting}</b>
      </p>
      {trial && (
        <p className={classes.detail} data-trial={trial}>
          {words.measuringStep(trial)}
        </p>
      )}
      {progress && !trial && (
        <>
          <progress className={classes.bar} value={share ?? undefined} max={1} aria-label={words.preparing} />
          <p className={classes.detail}>
            {words.preparingStep(progress.step, share === null ? '' : formatPercent(share))}
          </p>
        </>
      )}
      <Button kind="quiet" data-action="train.stop" onClick={() => void training.getState().stop()}>
        {words.cancel}
      </Button>
    </div>
  );
}
