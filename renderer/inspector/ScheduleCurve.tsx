/** A small drawing of the learning rate over the whole run. */
import { useMemo, type ReactNode } from 'react';
import { library } from '../../shared/library';
import { parseParams } from '../../shared/passes/parseParams';
import { trainingConfigSchema } from '../../shared/training/config';
import { useStudioState, useStrings } from '../state/StudioContext';
import classes from './Inspector.module.css';
import { curvePath, scheduleCurve } from './rateCurve';
import { strings } from './strings';

const [width, height] = [240, 40];

/** Where the data's size is not known, as many updates as are enough for a smooth curve. */
const assumedUpdates = 50;

export function ScheduleCurve(): ReactNode {
  const words = useStrings(strings);
  const training = useStudioState('document', ({ design }) => design.training);
  const samples = useStudioState('data', ({ description }) => description?.info?.counts.train ?? null);
  const curve = useMemo(() => curveOf(training, samples), [training, samples]);
  if (!curve || curve.length === 0) return null;
  const first = rateText(curve[0]?.rate ?? 0);
  const last = rateText(curve[curve.length - 1]?.rate ?? 0);
  const said = words.curve(first, last);
  return (
    <div title={curve.every(({ rate }) => rate === curve[0]?.rate) ? words.curvePlateau : said}>
      <svg
        className={classes.curve}
        viewBox={`0 -2 ${width} ${height + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
      >
        <path
          d={curvePath(curve, width, height)}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div className={classes.curveEnds} aria-hidden>
        <span>{first}</span>
        <span>{last}</span>
      </div>
    </div>
  );
}

/** Null where optimizer or schedule have errors. */
function curveOf(training: unknown, samples: number | null): ReturnType<typeof scheduleCurve> | null {
  const config = trainingConfigSchema.safeParse(training).data;
  const schedule = config && library.schedules.get(config.schedule.type);
  const optimizer = config && library.optimizers.get(config.optimizer.type);
  if (!config || !schedule || !optimizer) return null;
  const params = parseParams(schedule.params, without(config.schedule), library).values;
  const rate = parseParams(optimizer.params, without(config.optimizer), library).values?.['learningRate'];
  if (!params || typeof rate !== 'number') return null;
  const perUpdate = config.batchSize * config.accumulate;
  const updatesPerEpoch = samples === null ? assumedUpdates : Math.max(1, Math.ceil(samples / perUpdate));
  return scheduleCurve(schedule, params, { epochs: config.epochs, updatesPerEpoch, rate });
}

function without(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'type'));
}

function rateText(rate: number): string {
  return Number(rate.toPrecision(2)).toString();
}
