/** A log bar of a layer's gradient and its last frames as a sparkline; a badge where updates leave the usual range. */
import { ChevronsDown, ChevronsUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { gradientHealth, meterLevel } from '../state/gradientHealth';
import { useStudioState, useStrings } from '../state/StudioContext';
import classes from './Gradient.module.css';
import { gradientOf } from './gradientOf';
import { strings } from './strings';
import { sparklinePoints } from './sparkline';
import { useWeightGroup } from './useWeightGroup';

const noHistory: readonly number[] = [];
const [width, height] = [36, 12];

export function GradientMeter({ id }: { id: string }): ReactNode {
  const words = useStrings(strings);
  const path = useWeightGroup(id);
  const group = useStudioState('gradients', ({ norms }) => gradientOf(norms, path)?.path ?? null);
  const reading = useStudioState('gradients', ({ norms }) => (group === null ? null : (norms.get(group) ?? null)));
  const history = useStudioState('gradients', (state) => state.history.get(group ?? '') ?? noHistory);
  if (!reading) return null;
  const { update } = gradientHealth(reading);
  const ratio = reading.updateRatio.toExponential(0);
  const warning = update === 'small' ? words.updateSmall(ratio) : update === 'large' ? words.updateLarge(ratio) : null;
  const Arrow = update === 'small' ? ChevronsDown : ChevronsUp;
  const level = Math.round(meterLevel(reading) * height);
  return (
    <span className={classes.meter} title={words.gradient(reading.rms.toExponential(1))} data-meter={level}>
      {warning !== null && (
        <span className={classes.update} title={warning} data-update={update}>
          <Arrow size={11} aria-label={warning} />
        </span>
      )}
      <svg width={width + 6} height={height} aria-hidden>
        <rect className={classes.track} x={0} y={0} width={4} height={height} rx={1} />
        <rect className={classes.level} x={0} y={height - level} width={4} height={level} rx={1} />
        <polyline className={classes.spark} points={sparklinePoints(history, 6, width, height)} />
      </svg>
    </span>
  );
}
