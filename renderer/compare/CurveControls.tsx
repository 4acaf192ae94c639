/** How the overlaid curves are drawn: over steps, epochs or time; smoothed; on a log axis. */
import type { ReactNode } from 'react';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Select } from '../ui/Select';
import { Slider } from '../ui/Slider';
import { Switch } from '../ui/Switch';
import classes from './Curves.module.css';
import { compareStrings } from './strings';

export function CurveControls(): ReactNode {
  const { training, settings } = useStudio();
  const words = useStrings(compareStrings);
  const axis = useStudioState('training', (state) => state.axis);
  const logAxis = useStudioState('training', (state) => state.logAxis);
  const smoothing = useStudioState('settings', (state) => state.settings.smoothing);
  return (
    <div className={classes.controls}>
      <div className={classes.axis}>
        <Select
          value={axis}
          options={[
            { value: 'step', title: words.axisStep },
            { value: 'epoch', title: words.axisEpoch },
            { value: 'time', title: words.axisTime },
          ]}
          onChange={(value) => training.getState().setCurves({ axis: value })}
          label={words.axis}
        />
      </div>
      <div className={classes.control}>
        <span>{words.smoothing}</span>
        <Slider
          label={words.smoothing}
          value={smoothing}
          minimum={0}
          maximum={0.99}
          step={0.01}
          onChange={(value) => settings.getState().change({ smoothing: value })}
        />
        <span className={classes.value}>{smoothing.toFixed(2)}</span>
      </div>
      <label className={classes.control}>
        <Switch
          checked={logAxis}
          onChange={(checked) => training.getState().setCurves({ logAxis: checked })}
          label={words.logAxis}
        />
        {words.logAxis}
      </label>
      <span className={classes.key}>{words.lineKey}</span>
    </div>
  );
}
