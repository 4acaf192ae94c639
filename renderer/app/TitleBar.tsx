/** The upper edge: menus, the design's name and whether it is saved, and what starts and stops training. */
import type { ReactNode } from 'react';
import { isUnsaved } from '../state/documentStore';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { TrainButtons } from '../training/TrainButtons';
import { Boundary } from './Boundary';
import { DesignName } from './DesignName';
import { MenuBar } from './MenuBar';
import { appStrings } from './strings';
import classes from './TitleBar.module.css';

export function TitleBar(): ReactNode {
  const { facts } = useStudio();
  const words = useStrings(appStrings);
  const isOpen = useStudioState('document', ({ key }) => key !== null);
  return (
    <header className={classes.bar} data-region="title" data-platform={facts.platform}>
      <div className={classes.start}>{facts.platform !== 'darwin' && <MenuBar />}</div>
      {isOpen && (
        <>
          <div className={classes.middle}>
            <DesignName />
            <SavedMark />
          </div>
          <div className={classes.end}>
            <Boundary part={words.training}>
              <TrainButtons />
            </Boundary>
          </div>
        </>
      )}
    </header>
  );
}

function SavedMark(): ReactNode {
  const words = useStrings(appStrings);
  const unsaved = useStudioState('document', isUnsaved);
  const file = useStudioState('document', (state) => state.file);
  const text = unsaved ? words.edited : file === null ? words.notSavedYet : words.saved;
  return (
    <span className={classes.saved} data-saved={!unsaved} title={file ?? undefined} role="status">
      {text}
    </span>
  );
}
