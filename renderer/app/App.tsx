/** The frame: title bar, palette, canvas, inspector, dock, status bar; or the welcome screen where there is no drawing. */
import type { ReactNode } from 'react';
import type { StudioBridge } from '../../shared/ipc/studioBridge';
import { Canvas } from '../canvas/Canvas';
import { RunsPanel } from '../compare/RunsPanel';
import { Inspector } from '../inspector/Inspector';
import { Palette } from '../palette/Palette';
import { Problems } from '../problems/Problems';
import type { StartAnswer } from '../state/createStudio';
import { useStudioState } from '../state/StudioContext';
import { TrainingPanel } from '../training/TrainingPanel';
import { TooltipProvider } from '../ui/Tooltip';
import classes from './App.module.css';

interface AppProps {
  start: StartAnswer;
  drop: StudioBridge['drop'];
}

export function App({ start, drop }: AppProps): ReactNode {
  const tab = useStudioState('view', ({ dockTab }) => dockTab);
  return (
    <TooltipProvider>
      <div
        className={classes.app}
        data-start={start.platform}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          if (event.dataTransfer.files.length > 0) drop([...event.dataTransfer.files]);
        }}
      >
        <div className={classes.work}>
          <Palette />
          <Canvas />
          <Inspector />
        </div>
        <div className={classes.dock}>
          {tab === 'training' && <TrainingPanel />}
          {tab === 'runs' && <RunsPanel />}
          {tab === 'problems' && <Problems />}
        </div>
      </div>
    </TooltipProvider>
  );
}
