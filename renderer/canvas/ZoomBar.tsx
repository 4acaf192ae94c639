/** Zoom, fit and arrange, where the mouse finds them. */
import { useStore as useFlowStore } from '@xyflow/react';
import { Maximize, Minus, Plus, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { shortcutText } from '../actions/shortcut';
import { useStudio, useStrings } from '../state/StudioContext';
import { IconButton } from '../ui/Button';
import { useCanvasState } from './canvasState';
import classes from './Canvas.module.css';
import { strings } from './strings';

const buttons = [
  { id: 'canvas.zoomOut', Icon: Minus },
  { id: 'canvas.zoomIn', Icon: Plus },
  { id: 'canvas.fit', Icon: Maximize },
  { id: 'canvas.arrange', Icon: Workflow },
] as const;

export function ZoomBar(): ReactNode {
  const studio = useStudio();
  const words = useStrings(strings);
  const percent = useFlowStore(({ transform: [, , zoom] }) => Math.round(zoom * 100));
  const arranging = useCanvasState((state) => state.arranging);
  return (
    <div className={classes.zoomBar} role="toolbar" aria-label={words.view}>
      {buttons.map(({ id, Icon }) => {
        const action = actionById(id);
        if (!action) return null;
        const [keys] = action.shortcuts ?? [];
        return (
          <IconButton
            key={id}
            label={action.title(studio)}
            shortcut={keys && shortcutText(keys, studio.facts.platform)}
            icon={<Icon size={14} aria-hidden />}
            onClick={() => void runAction(action, studio)}
            data-action={id}
          />
        );
      })}
      <span className={classes.zoom}>{arranging ? words.arranging : words.zoom(percent)}</span>
    </div>
  );
}
