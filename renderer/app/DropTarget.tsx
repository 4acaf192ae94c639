/** Takes files that are dropped anywhere on the window, and says so while they hover over it. */
import { FileDown } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { StudioBridge } from '../../shared/ipc/studioBridge';
import { useStrings } from '../state/StudioContext';
import classes from './DropTarget.module.css';
import { appStrings } from './strings';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function DropTarget({ drop }: { drop: StudioBridge['drop'] }): ReactNode {
  const words = useStrings(appStrings);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listeners = {
      dragover: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      dragleave: (event: DragEvent) => {
        // Without a related target the pointer has left the window, not only one of its elements.
        if (event.relatedTarget === null) setOver(false);
      },
      drop: (event: DragEvent) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        drop([...(event.dataTransfer?.files ?? [])]);
      },
    };
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][];
    for (const [name, listener] of entries) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) window.removeEventListener(name, listener);
    };
  }, [drop]);
  if (!over) return null;
  return (
    <div className={classes.overlay} data-drop-overlay>
      <div className={classes.card}>
        <FileDown size={28} aria-hidden />
        <strong>{words.dropHere}</strong>
        <span>{words.dropHint}</span>
      </div>
    </div>
  );
}
