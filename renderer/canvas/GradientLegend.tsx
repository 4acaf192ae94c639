/** Says what the colours of the nodes mean, while they mean something. */
import type { ReactNode } from 'react';
import { useStudioState, useStrings } from '../state/StudioContext';
import classes from './Gradient.module.css';
import { strings } from './strings';

const kinds = ['vanishing', 'exploding', 'broken'] as const;

export function GradientLegend(): ReactNode {
  const words = useStrings(strings);
  const shown = useStudioState('gradients', ({ norms }) => norms.size > 0);
  if (!shown) return null;
  return (
    <div className={classes.legend} role="note" aria-label={words.legend} data-feature="GradientLegend">
      <b>{words.legend}</b>
      {kinds.map((kind) => (
        <span key={kind}>
          <i className={`${classes.swatch} ${classes[kind]}`} />
          {words[kind]}
        </span>
      ))}
    </div>
  );
}
