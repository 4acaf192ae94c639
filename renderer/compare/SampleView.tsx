/** What a network reads of a sample: an image where it is one, else its numbers. */
import type { ReactNode } from 'react';
import type { Sample } from '../../shared/ipc/studio/runSchemas';
import { formatNumber } from '../i18n/numbers';
import { SampleImage } from '../ui/SampleImage';
import { isImageShape } from '../ui/samplePixels';
import classes from './Classes.module.css';

const mostNumbers = 4;

interface SampleViewProps {
  sample: Sample;
  size: number;
  label: string;
}

export function SampleView({ sample, size, label }: SampleViewProps): ReactNode {
  const inputs = sample.fields.filter(({ classes: names }) => names === null);
  const field = inputs.find(({ shape }) => isImageShape(shape)) ?? inputs[0] ?? sample.fields[0];
  if (!field) return null;
  if (isImageShape(field.shape) || field.values.length > mostNumbers) {
    return <SampleImage values={field.values} shape={field.shape} size={size} label={label} />;
  }
  return (
    <span className={classes.numbers} role="img" aria-label={label}>
      {[...field.values].map(formatNumber).join(', ')}
    </span>
  );
}
