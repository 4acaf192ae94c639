/** The panel below the drawing: training, runs, problems, code. Folded, only its tabs are seen. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { shortcutText } from '../actions/shortcut';
import { RunsPanel } from '../compare/RunsPanel';
import { CodePanel } from '../exporting/CodePanel';
import { Problems } from '../problems/Problems';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import type { DockTab } from '../state/viewStore';
import { TrainingPanel } from '../training/TrainingPanel';
import { IconButton } from '../ui/Button';
import { Boundary } from './Boundary';
import classes from './Dock.module.css';
import { appStrings } from './strings';

const contents: readonly { tab: DockTab; Content: () => ReactNode }[] = [
  { tab: 'training', Content: TrainingPanel },
  { tab: 'runs', Content: RunsPanel },
  { tab: 'problems', Content: Problems },
  { tab: 'code', Content: CodePanel },
];

/** `height` null: folded. */
export function Dock({ height }: { height: number | null }): ReactNode {
  const studio = useStudio();
  const words = useStrings(appStrings);
  const tab = useStudioState('view', ({ dockTab }) => dockTab);
  const run = (id: string): void => {
    const action = actionById(id);
    if (action) void runAction(action, studio);
  };
  const open = height !== null;
  return (
    <Tabs.Root
      className={classes.dock}
      style={{ height: open ? height : undefined }}
      value={tab}
      onValueChange={(chosen) => run(`view.${chosen}`)}
      data-region="dock"
      data-open={open}
    >
      <div className={classes.bar}>
        <Tabs.List className={classes.tabs} aria-label={words.dock}>
          {contents.map(({ tab: one }) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className={classes.tab}
              data-tab={one}
              onClick={() => !open && run(`view.${one}`)}
            >
              {words[one]}
              {one === 'problems' && <ProblemCount />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <IconButton
          label={open ? words.fold(words.dock) : words.unfold(words.dock)}
          shortcut={shortcutText('Mod+J', studio.facts.platform)}
          icon={open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
          onClick={() => run('view.dock')}
        />
      </div>
      {open &&
        contents.map(({ tab: one, Content }) => (
          <Tabs.Content key={one} value={one} className={classes.content} tabIndex={-1}>
            <Boundary part={words[one]}>
              <Content />
            </Boundary>
          </Tabs.Content>
        ))}
    </Tabs.Root>
  );
}

function ProblemCount(): ReactNode {
  const words = useStrings(appStrings);
  const errors = useStudioState('derived', (state) => state.errors);
  const warnings = useStudioState('derived', (state) => state.warnings);
  if (errors + warnings === 0) return null;
  return (
    <span
      className={classes.count}
      data-kind={errors > 0 ? 'error' : 'warning'}
      aria-label={words.problemCount(errors, warnings)}
    >
      {errors + warnings}
    </span>
  );
}
