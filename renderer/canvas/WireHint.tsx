/** Said beside the pointer while a wire is drawn: why it cannot end here, or what it would replace. */
import type { ReactNode } from 'react';
import { useCanvasState } from './canvasState';
import classes from './Canvas.module.css';

export function WireHint({ bounds }: { bounds: () => DOMRect | null }): ReactNode {
  const hint = useCanvasState((state) => state.hint);
  const box = hint ? bounds() : null;
  if (!hint || !box) return null;
  const flips = hint.at[0] - box.left > box.width - 340;
  const style = { left: hint.at[0] - box.left + (flips ? -16 : 16), top: hint.at[1] - box.top + 16 };
  const marks = [classes.hint, hint.refused && classes.hintRefused, flips && classes.hintLeft];
  return (
    <div className={marks.filter(Boolean).join(' ')} style={style} role="status" data-wire-hint>
      {hint.text}
    </div>
  );
}
