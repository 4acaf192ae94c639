/** The folder that was named has something in it which is not ours: the user decides. */
import type { ReactNode } from 'react';
import { textsOf, type SourceFile } from '../../shared/codegen/sourceFile';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import classes from './CodePanel.module.css';
import { exportStrings } from './strings';

export function TakenDialog({ files }: { files: readonly SourceFile[] }): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const taken = useStudioState('exporting', (state) => state.taken);
  if (!taken) return null;
  const { save, set } = studio.exporting.getState();
  const close = (): void => set({ taken: null });
  return (
    <Dialog title={words.takenTitle} closeLabel={words.close} onClose={close}>
      <p className={classes.taken}>{taken.message}</p>
      <div className={classes.choices}>
        <Button onClick={close}>{words.cancel}</Button>
        <Button kind="danger" onClick={() => void save('replace', textsOf(files))} data-action="code.replace">
          {words.replace}
        </Button>
        <Button kind="primary" onClick={() => void save('ask', textsOf(files))}>
          {words.another}
        </Button>
      </div>
    </Dialog>
  );
}
