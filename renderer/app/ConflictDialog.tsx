/** Somebody else wrote the file: whose version stays is for the user to say. */
import type { ReactNode } from 'react';
import { save } from '../actions/saveCommands';
import { useStrings, useStudio } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';

export function ConflictDialog({ file }: { file: string }): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const end = (): void => studio.files.getState().contest(null);
  return (
    <Dialog title={words.conflict} closeLabel={words.close} onClose={end}>
      <p className={classes.text}>{words.conflictText(file)}</p>
      <div className={classes.buttons}>
        <Button onClick={end}>{words.cancel}</Button>
        <Button kind="danger" onClick={() => void save(studio, { overwrite: true })}>
          {words.overwrite}
        </Button>
        <Button
          kind="primary"
          onClick={() => {
            end();
            void save(studio, { as: true });
          }}
        >
          {words.saveAs}
        </Button>
      </div>
    </Dialog>
  );
}
