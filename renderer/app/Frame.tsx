/** The drawing between its panels. Each panel has the size that the user gave it, and can be folded away. */
import { PanelLeftOpen, PanelRightOpen } from 'lucide-react';
import { useSyncExternalStore, type CSSProperties, type ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { Canvas } from '../canvas/Canvas';
import { Inspector } from '../inspector/Inspector';
import { Palette } from '../palette/Palette';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { IconButton } from '../ui/Button';
import { Splitter } from '../ui/Splitter';
import { Boundary } from './Boundary';
import { Dock } from './Dock';
import classes from './Frame.module.css';
import { fittingPanels, panelLimits, type Panel } from './panels';
import { appStrings } from './strings';

function useWindowSize(): string {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener);
      return () => window.removeEventListener('resize', listener);
    },
    () => `${window.innerWidth} ${window.innerHeight}`,
  );
}

export function Frame(): ReactNode {
  const studio = useStudio();
  const words = useStrings(appStrings);
  const wanted = useStudioState('settings', ({ settings }) => settings.panels);
  const [width = 0, height = 0] = useWindowSize().split(' ').map(Number);
  const panels = fittingPanels(wanted, width, height);
  const change = (patch: Partial<typeof wanted>): void =>
    studio.settings.getState().change({ panels: { ...studio.settings.getState().settings.panels, ...patch } });
  const toggle = (id: string): void => {
    const action = actionById(id);
    if (action) void runAction(action, studio);
  };
  const splitter = (panel: Panel, side: 'left' | 'right' | 'below', label: string): ReactNode => (
    <Splitter
      label={label}
      side={side}
      size={panels[panel]}
      {...panelLimits[panel]}
      onResize={(size) => change({ [panel]: size })}
      onFold={() => toggle(`view.${panel}`)}
    />
  );
  return (
    <main className={classes.frame}>
      <div className={classes.work}>
        {panels.paletteOpen ? (
          <>
            <aside
              className={classes.panel}
              style={{ '--width': `${panels.palette}px` } as CSSProperties}
              aria-label={words.palette}
              data-region="palette"
            >
              <Boundary part={words.palette}>
                <Palette />
              </Boundary>
            </aside>
            {splitter('palette', 'left', words.paletteWidth)}
          </>
        ) : (
          <Folded label={words.unfold(words.palette)} onOpen={() => toggle('view.palette')} side="left" />
        )}
        <section className={classes.canvas} aria-label={words.canvas} data-region="canvas">
          <Boundary part={words.canvas}>
            <Canvas />
          </Boundary>
        </section>
        {panels.inspectorOpen ? (
          <>
            {splitter('inspector', 'right', words.inspectorWidth)}
            <aside
              className={classes.panel}
              style={{ '--width': `${panels.inspector}px` } as CSSProperties}
              aria-label={words.inspector}
              data-region="inspector"
            >
              <Boundary part={words.inspector}>
                <Inspector />
              </Boundary>
            </aside>
          </>
        ) : (
          <Folded label={words.unfold(words.inspector)} onOpen={() => toggle('view.inspector')} side="right" />
        )}
      </div>
      {panels.dockOpen && splitter('dock', 'below', words.dockHeight)}
      <Dock height={panels.dockOpen ? panels.dock : null} />
    </main>
  );
}

function Folded({ label, onOpen, side }: { label: string; onOpen: () => void; side: 'left' | 'right' }): ReactNode {
  const icon = side === 'left' ? <PanelLeftOpen size={16} aria-hidden /> : <PanelRightOpen size={16} aria-hidden />;
  return (
    <div className={classes.folded} data-side={side}>
      <IconButton label={label} icon={icon} onClick={onOpen} />
    </div>
  );
}
