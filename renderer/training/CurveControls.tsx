/** How the curves are drawn: smoothing, log axis, x axis, and what is shown of each layer. */
import { useId, type ReactNode } from 'react';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Select } from '../ui/Select';
import { Slider } from '../ui/Slider';
import { Switch } from '../ui/Switch';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';

export function CurveControls(): ReactNode {
  const words = useStrings(trainingStrings);
  const { training, settings } = useStudio();
  const smoothing = useStudioState('settings', (state) => state.settings.smoothing);
  const axis = useStudioState('training', (state) => state.axis);
  const logAxis = useStudioState('training', (state) => state.logAxis);
  const measure = useStudioState('training', (state) => state.measure);
  const { setCurves } = training.getState();
  const log = useId();
  return (
    <div className={classes.controls}>
      <span className={classes.control}>
        {words.smoothing}
        <Slider
          label={words.smoothing}
          value={smoothing}
          minimum={0}
          maximum={0.99}
          step={0.01}
          onChange={(value) => settings.getState().change({ smoothing: value })}
        />
        <span className={classes.number}>{smoothing.toFixed(2)}</span>
      </span>
      <span className={classes.control} title={words.logHelp}>
        <label htmlFor={log}>{words.log}</label>
        <Switch id={log} label={words.logHelp} checked={logAxis} onChange={(on) => setCurves({ logAxis: on })} />
      </span>
      <span className={classes.control}>
        <Select
          label={words.axis}
          value={axis}
          options={(['step', 'epoch', 'time'] as const).map((value) => ({ value, title: words[value] }))}
          onChange={(value) => setCurves({ axis: value })}
        />
      </span>
      <span className={classes.control}>
        <Select
          label={words.measure}
          value={measure}
          options={(['rms', 'norm', 'ratio'] as const).map((value) => ({
            value,
            title: words[value],
            note: words[`${value}Help`],
          }))}
          onChange={(value) => setCurves({ measure: value })}
        />
      </span>
    </div>
  );
}
