/** A value on a line. */
import { Slider as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Slider.module.css';

interface SliderProps {
  label: string;
  value: number;
  minimum: number;
  maximum: number;
  step: number;
  onChange: (value: number) => void;
}

export function Slider({ label, value, minimum, maximum, step, onChange }: SliderProps): ReactNode {
  return (
    <Radix.Root
      className={classes.slider}
      value={[value]}
      min={minimum}
      max={maximum}
      step={step}
      onValueChange={([chosen]) => chosen !== undefined && onChange(chosen)}
    >
      <Radix.Track className={classes.track}>
        <Radix.Range className={classes.range} />
      </Radix.Track>
      <Radix.Thumb className={classes.thumb} aria-label={label} />
    </Radix.Root>
  );
}
