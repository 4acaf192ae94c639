/** What the data looks like: pictures as pictures, points in the plane as points. */
import type { ReactNode } from 'react';
import { useStudioState, useStrings } from '../state/StudioContext';
import { SampleImage } from '../ui/SampleImage';
import { isImageShape } from '../ui/samplePixels';
import { Tooltip } from '../ui/Tooltip';
import classes from './Inspector.module.css';
import { classOf, imagesOf, pointsOf } from './sampleViews';
import { strings } from './strings';

const shown = 24;

export function DataSamples(): ReactNode {
  const words = useStrings(strings);
  const samples = useStudioState('data', (state) => state.samples);
  const range = useStudioState('data', ({ description }) => description?.info?.fields[0]?.range);
  if (!samples || samples.length === 0) return null;
  const points = pointsOf(samples);
  if (points)
    return (
      <svg className={classes.scatter} viewBox="-1.05 -1.05 2.1 2.1" role="img" aria-label={words.scatter}>
        {points.map(({ x, y, group }, at) => (
          <circle key={at} cx={x} cy={-y} r={0.018} fill={`var(--run-${(group % 6) + 1})`} />
        ))}
      </svg>
    );
  const images = imagesOf(samples, isImageShape).slice(0, shown);
  return (
    <div className={classes.images}>
      {images.map(({ sample, field }) => {
        const said = words.sample(classOf(sample) ?? String(sample.index));
        return (
          <Tooltip key={sample.index} text={said}>
            <span>
              <SampleImage values={field.values} shape={field.shape} size={32} label={said} range={range} />
            </span>
          </Tooltip>
        );
      })}
    </div>
  );
}
