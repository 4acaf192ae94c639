/** A node's name, edited where it stands: Enter or leaving the field keeps it, Escape does not. */
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { DesignNode } from '../../shared/design/schema';
import { longestName, renameEdit } from '../state/drawing/nodeEdits';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useCanvasState, useCanvasStore } from './canvasState';
import classes from './LayerNode.module.css';
import { strings } from './strings';

/** `text`: shown in place of the name where the name says nothing new. */
export function NodeName({ node, text }: { node: DesignNode; text?: string }): ReactNode {
  const canvas = useCanvasStore();
  const renaming = useCanvasState((state) => state.renaming === node.id);
  const name = node.name ?? node.id;
  if (renaming) return <NameField id={node.id} name={name} />;
  return (
    <span
      className={classes.name}
      title={name}
      onDoubleClick={(event) => {
        event.stopPropagation();
        canvas.setState({ renaming: node.id });
      }}
    >
      {text ?? name}
    </span>
  );
}

function NameField({ id, name }: { id: string; name: string }): ReactNode {
  const { document } = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  const kept = useRef(true);
  const focusCanvas = useStudioState('view', (state) => state.canvas?.focus);
  const finish = (text: string): void => {
    const edit = kept.current ? renameEdit(document.getState().design, id, text) : null;
    if (edit) document.getState().edit(words.renameStep, edit);
    canvas.setState({ renaming: null });
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    kept.current = event.key === 'Enter';
    event.currentTarget.blur();
    focusCanvas?.();
  };
  return (
    <input
      className={`${classes.nameField} nodrag nopan`}
      aria-label={words.name}
      defaultValue={name}
      maxLength={longestName}
      autoFocus
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={onKey}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
