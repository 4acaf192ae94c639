/** The window: title bar, then the drawing with its panels or the welcome screen, and what floats above. */
import type { ReactNode } from 'react';
import type { StudioBridge } from '../../shared/ipc/studioBridge';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { TooltipProvider } from '../ui/Tooltip';
import classes from './App.module.css';
import { Boundary } from './Boundary';
import { Dialogs } from './Dialogs';
import { DropTarget } from './DropTarget';
import { Frame } from './Frame';
import { Notices } from './Notices';
import { Refusals } from './Refusals';
import { StatusBar } from './StatusBar';
import { appStrings } from './strings';
import { TitleBar } from './TitleBar';
import { Welcome } from './Welcome';

export function App({ drop }: { drop: StudioBridge['drop'] }): ReactNode {
  const { facts } = useStudio();
  const words = useStrings(appStrings);
  const key = useStudioState('document', (state) => state.key);
  return (
    <TooltipProvider>
      <div className={classes.app} data-start={facts.platform}>
        <TitleBar />
        {key === null ? (
          <Boundary part={words.untitled}>
            <Welcome />
          </Boundary>
        ) : (
          <>
            <Frame key={key} />
            <StatusBar />
          </>
        )}
      </div>
      <Refusals />
      <Notices />
      <Dialogs />
      <DropTarget drop={drop} />
    </TooltipProvider>
  );
}
