/** Tells a run to a person: a display that lives at the bottom of the terminal, or a line an epoch on a pipe. */
import { choiceSentence } from '../services/engines/chooseEngine';
import type { Training, TrainingEvent } from '../services/training/training';
import type { Context } from './context';
import { dataLine } from './display/dataLine';
import { liveArea } from './display/liveArea';
import { epochLine, resultLines } from './display/resultLines';
import { wrap } from './display/table';
import { trainingLines } from './display/trainingLines';
import { emptyTrainingState, withEvent, withFrame, type TrainingState } from './display/trainingState';
import type { TrainingWatcher } from './trainingWatcher';

export function liveWatcher(context: Context): TrainingWatcher {
  const { terminal, style } = context;
  const area = liveArea(terminal);
  let state: TrainingState = emptyTrainingState('Netloom');
  let training: Training | null = null;
  let interruptions = 0;
  // `below`: rows of the window to leave free.
  const draw = (below = 0): void =>
    area.draw(trainingLines(state, { columns: terminal.columns(), rows: terminal.rows() - below, style }));
  // A pipe gets whole lines: what reads it can search them.
  const laid = (text: string): string[] => (terminal.interactive ? wrap(text, terminal.columns(), '  ') : [text]);
  const say = (text: string): void => area.print(laid(text));
  const release = terminal.onResize(() => draw());
  return {
    data: (progress) => (terminal.interactive ? area.draw([dataLine(progress)]) : undefined),
    trial: (engine) => (terminal.interactive ? area.draw([`auto: trying ${engine} …`]) : undefined),
    choice: (choice) => say(choiceSentence(choice)),
    opened: (opened) => {
      training = opened;
      state = { ...state, title: opened.run };
    },
    event: (event) => {
      state = nextState(state, event);
      const lines = spoken(event, { state, training, context, ended: interruptions > 1 }).flatMap(laid);
      const ended = event.event === 'done' || event.event === 'lost';
      if (ended) {
        // The last state of the display stays, and below it how the run ended, both in sight.
        draw(lines.length);
        area.close();
      }
      area.print(lines);
      if (!ended) draw();
    },
    interrupted: (times) => {
      interruptions = times;
      if (times === 1) say('Stopping; Ctrl+C again ends it at once.');
      else if (times === 2) say(training ? 'Ended at once. The last checkpoint is kept.' : 'Ended at once.');
    },
    close: () => {
      release();
      area.close();
    },
  };
}

function nextState(state: TrainingState, event: TrainingEvent): TrainingState {
  if (event.event === 'metrics') return withFrame(state, event.frame);
  return event.event === 'lost' ? { ...state, state: 'interrupted' } : withEvent(state, event);
}

interface Told {
  state: TrainingState;
  training: Training | null;
  context: Context;
  /** By the user, who did not wait. */
  ended: boolean;
}

/** What stays on screen after it happened. On a terminal the display tells of epochs itself. */
function spoken(event: TrainingEvent, { state, training, context, ended }: Told): string[] {
  const { terminal, style } = context;
  switch (event.event) {
    case 'started':
      return terminal.interactive
        ? []
        : [`run ${event.run} on ${event.engine}: ${event.epochs} epochs of ${event.stepsPerEpoch} steps`];
    case 'epoch':
      return terminal.interactive ? [] : [epochLine(event.summary, state.epochs)];
    case 'warning':
      return [style.amber(`warning: ${event.message}`)];
    case 'done':
      return [...(terminal.interactive ? [''] : []), ...resultLines(event.result, training)];
    case 'lost':
      return [
        ...(ended ? [] : [style.red(`The training process ended unexpectedly: ${event.reason}`)]),
        `Nothing that was logged is lost. Go on with: npx netloom resume ${training?.run ?? 'RUN'}`,
      ];
    default:
      return [];
  }
}
