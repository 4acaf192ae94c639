/** Before the window closes: what becomes of unsaved changes, then of the run that is being trained. */
import { useState, type ReactNode } from 'react';
import { decideClosing, save } from '../actions/saveCommands';
import { documentName, shortened } from '../state/documentName';
import { isUnsaved } from '../state/documentStore';
import { fileStrings } from '../state/fileStrings';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';

export function ClosingDialog({ training }: { training: boolean }): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const [givenUp, setGivenUp] = useState(false);
  const unsaved = useStudioState('document', isUnsaved) && !givenUp;
  const stay = (): void => void decideClosing(studio, 'cancel');
  const goOn = (): void => {
    if (!training) void decideClosing(studio, 'close');
    else setGivenUp(true);
  };
  if (unsaved) return <UnsavedDialog onStay={stay} onGoOn={goOn} />;
  return (
    <Dialog title={words.closingTraining} closeLabel={words.close} onClose={stay}>
      <p className={classes.text}>{words.closingTrainingText}</p>
      <div className={classes.buttons}>
        <Button onClick={stay}>{words.cancel}</Button>
        <Button kind="danger" onClick={() => void decideClosing(studio, 'stopTraining')}>
          {words.stopTraining}
        </Button>
        <Button kind="primary" onClick={() => void decideClosing(studio, 'keepTraining')}>
          {words.keepTraining}
        </Button>
      </div>
    </Dialog>
  );
}

function UnsavedDialog({ onStay, onGoOn }: { onStay: () => void; onGoOn: () => void }): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const { untitled } = useStrings(fileStrings);
  const name = useStudioState('document', (state) => shortened(documentName(state, untitled), 60));
  const saveFirst = async (): Promise<void> => {
    if (await save(studio)) onGoOn();
  };
  return (
    <Dialog title={words.closingUnsaved(name)} closeLabel={words.close} onClose={onStay}>
      <p className={classes.text}>{words.closingUnsavedText}</p>
      <div className={classes.buttons}>
        <Button onClick={onStay}>{words.cancel}</Button>
        <Button kind="danger" onClick={onGoOn}>
          {words.discard}
        </Button>
        <Button kind="primary" onClick={() => void saveFirst()}>
          {words.save}
        </Button>
      </div>
    </Dialog>
  );
}
