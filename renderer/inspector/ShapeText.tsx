/** The type of a value: its sizes, each with the letter of what it counts. */
import type { ReactNode } from 'react';
import type { DimName, TensorType } from '../../shared/ir/tensorType';
import classes from './Inspector.module.css';

const letters: Readonly<Record<DimName, string>> = {
  batch: 'N',
  time: 'T',
  height: 'H',
  width: 'W',
  channels: 'C',
  features: 'F',
  any: '',
};

export function ShapeText({ type, unknown }: { type: TensorType | null; unknown: string }): ReactNode {
  if (!type) return <span className={classes.unknown}>{unknown}</span>;
  return (
    <span className={classes.shape}>
      {type.dims.map(({ name, size }, axis) => (
        <span key={axis} className={classes.dim} title={name}>
          {axis > 0 && <span className={classes.times}>×</span>}
          {typeof size === 'number' ? size : ''}
          <span className={classes.letter}>{letters[name] || (typeof size === 'string' ? size : '')}</span>
        </span>
      ))}
      {type.dtype !== 'float32' && <span className={classes.dtype}>{type.dtype}</span>}
    </span>
  );
}
