/** The colour that a gradient lays over a node: blue where it vanishes, orange where it explodes, hatched where it is broken. */
import type { ReactNode } from 'react';
import { gradientHealth } from '../state/gradientHealth';
import { useStudioState } from '../state/StudioContext';
import { gradientOf } from './gradientOf';
import classes from './Gradient.module.css';
import { useWeightGroup } from './useWeightGroup';

export function GradientTint({ id }: { id: string }): ReactNode {
  const path = useWeightGroup(id);
  const tint = useStudioState('gradients', ({ norms }) => {
    const found = norms.size === 0 ? null : gradientOf(norms, path);
    if (!found) return '';
    const { kind, strength } = gradientHealth(found.reading);
    return kind === 'usual' ? '' : `${kind} ${Math.round(strength * 10)}`;
  });
  if (tint === '') return null;
  const [kind = '', strength = '0'] = tint.split(' ');
  return (
    <div
      className={`${classes.tint} ${classes[kind]}`}
      style={{ opacity: kind === 'broken' ? 1 : 0.16 + Number(strength) * 0.034 }}
      data-gradient={kind}
    />
  );
}
