/** The one primary button: Train; while training Pause, with Stop beside it. The engine is chosen before it. */
import { Pause, Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { shortcutText } from '../actions/shortcut';
import { trainingObstacle } from '../actions/trainingActions';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Tooltip } from '../ui/Tooltip';
import { EngineMenu } from './EngineMenu';
import { trainingStrings } from './strings';
import classes from './TrainButtons.module.css';

export function TrainButtons(): ReactNode {
  const phase = useStudioState('training', (state) => state.phase);
  return (
    <div className={classes.buttons} role="group">
      <EngineMenu />
      {phase === 'idle' ? <TrainButton /> : <RunningButtons />}
    </div>
  );
}

interface TaskButtonProps {
  action: string;
  kind: 'primary' | 'plain';
  icon: ReactNode;
  children: string;
  /** Says why it is disabled, or what it does. */
  help: string;
  disabled?: boolean;
}

/** A disabled button hears no pointer, so that its reason is said by what is around it. */
function TaskButton({ action, kind, icon, children, help, disabled }: TaskButtonProps): ReactNode {
  const studio = useStudio();
  const found = actionById(action);
  const keys = found?.shortcuts?.[0];
  const text = keys === undefined || disabled ? help : `${help} (${shortcutText(keys, studio.facts.platform)})`;
  return (
    <Tooltip text={text}>
      <button
        type="button"
        className={`${classes.button} ${classes[kind]}`}
        aria-disabled={disabled}
        data-action={action}
        onClick={() => found && !disabled && void runAction(found, studio)}
      >
        {icon}
        {children}
      </button>
    </Tooltip>
  );
}

function TrainButton(): ReactNode {
  const words = useStrings(trainingStrings);
  const studio = useStudio();
  const errors = useStudioState('derived', (state) => state.errors);
  const hasDrawing = useStudioState('document', ({ key }) => key !== null);
  const obstacle = hasDrawing && errors === 0 ? null : trainingObstacle(studio);
  const help = obstacle === 'noDrawing' ? words.noDrawing : obstacle === 'errors' ? words.errors(errors) : null;
  return (
    <TaskButton
      action="train.start"
      kind="primary"
      icon={<Play size={14} fill="currentColor" aria-hidden />}
      help={help ?? words.trainHelp}
      disabled={obstacle !== null}
    >
      {words.train}
    </TaskButton>
  );
}

function RunningButtons(): ReactNode {
  const words = useStrings(trainingStrings);
  const phase = useStudioState('training', (state) => state.phase);
  const paused = phase === 'paused';
  const pauseWord = phase === 'pausing' ? words.pausing : paused ? words.continue : words.pause;
  const stopWord = phase === 'stopping' ? words.stopNow : words.stop;
  return (
    <>
      <TaskButton
        action="train.pause"
        kind="primary"
        icon={paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        help={pauseWord}
        disabled={phase !== 'running' && !paused}
      >
        {pauseWord}
      </TaskButton>
      <TaskButton action="train.stop" kind="plain" icon={<Square size={12} aria-hidden />} help={stopWord}>
        {stopWord}
      </TaskButton>
    </>
  );
}
