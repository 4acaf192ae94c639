/** What an empty drawing says: one thing to know, one thing to do. */
import type { ReactNode } from 'react';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import classes from './Canvas.module.css';
import { strings } from './strings';

export function EmptyCanvas(): ReactNode {
  const { view } = useStudio();
  const words = useStrings(strings);
  const empty = useStudioState('document', ({ design }) => design.nodes.length === 0);
  if (!empty) return null;
  return (
    <div className={classes.empty}>
      <EmptyState
        title={words.emptyTitle}
        text={words.emptyText}
        action={<Button onClick={() => view.getState().canvas?.append('Input')}>{words.emptyAction}</Button>}
      />
    </div>
  );
}
