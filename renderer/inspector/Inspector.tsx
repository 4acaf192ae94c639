/** What is selected, or the design as a whole where nothing is. */
import { useMemo, type ReactNode } from 'react';
import { useStudioState, useStrings } from '../state/StudioContext';
import { DesignInspector } from './DesignInspector';
import classes from './Inspector.module.css';
import { NodeInspector } from './NodeInspector';
import { NodesInspector } from './NodesInspector';
import { strings } from './strings';

export function Inspector(): ReactNode {
  const words = useStrings(strings);
  const selection = useStudioState('view', (state) => state.selection);
  const all = useStudioState('document', ({ design }) => design.nodes);
  const nodes = useMemo(() => all.filter(({ id }) => selection.has(id)), [all, selection]);
  const [first] = nodes;
  // By its key each begins at its head, however far the one before was scrolled.
  return (
    <div key={nodes.map(({ id }) => id).join()} className={classes.inspector} role="form" aria-label={words.inspector}>
      {!first ? (
        <DesignInspector />
      ) : nodes.length === 1 ? (
        <NodeInspector node={first} />
      ) : (
        <NodesInspector nodes={nodes} />
      )}
    </div>
  );
}
