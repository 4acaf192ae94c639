/** The menu under the right button: for a node, a wire or the empty canvas, out of the same actions as keys and menus. */
import { ContextMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { shortcutText } from '../actions/shortcut';
import { useStudio } from '../state/StudioContext';
import classes from './CanvasMenu.module.css';

export type MenuPlace = 'node' | 'wire' | 'canvas';

/** Ids in their order; null is a line. */
const entries: Record<MenuPlace, readonly (string | null)[]> = {
  node: [
    'canvas.rename',
    'canvas.connect',
    'canvas.disconnect',
    null,
    'canvas.cut',
    'canvas.copy',
    'canvas.duplicate',
    null,
    'canvas.delete',
    'canvas.deleteOnly',
    null,
    'canvas.fitSelection',
  ],
  wire: ['canvas.delete', null, 'canvas.fit'],
  canvas: [
    'canvas.search',
    'canvas.paste',
    null,
    'canvas.selectAll',
    'canvas.arrange',
    null,
    'canvas.fit',
    'canvas.zoomReset',
  ],
};

export function CanvasMenu({ place }: { place: MenuPlace }): ReactNode {
  const studio = useStudio();
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content
        className={classes.menu}
        collisionPadding={8}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        {entries[place].map((id, at) => {
          const action = id === null ? null : actionById(id);
          if (!action) return <ContextMenu.Separator key={`line ${at}`} className={classes.line} />;
          const keys = action.shortcuts?.[0];
          return (
            <ContextMenu.Item
              key={action.id}
              className={classes.item}
              disabled={action.enabled?.(studio) === false}
              data-action={action.id}
              onSelect={() => void runAction(action, studio)}
            >
              {action.title(studio)}
              {keys !== undefined && <kbd className={classes.keys}>{shortcutText(keys, studio.facts.platform)}</kbd>}
            </ContextMenu.Item>
          );
        })}
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}
