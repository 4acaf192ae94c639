/** Tells a run as JSON, one object a line: for scripts. Numbers are unrounded, null where not finite. */
import type { Measures } from '../../shared/training/events';
import type { Training, TrainingEvent } from '../services/training/training';
import type { Context } from './context';
import type { TrainingWatcher } from './trainingWatcher';
import { printJson } from './report';

export function jsonWatcher(context: Context): TrainingWatcher {
  let training: Training | null = null;
  let scalarNames: readonly string[] = [];
  let groups: readonly string[] = [];
  const tell = (event: TrainingEvent): Record<string, unknown> => {
    if (event.event === 'started') {
      scalarNames = event.scalarNames;
      groups = event.groups.map((group) => group.path);
    }
    return lineOf(event, { run: training?.run ?? null, folder: training?.folder ?? null, scalarNames, groups });
  };
  return {
    data: ({ step, done, total }) => printJson({ event: 'data', step, done, total }, context),
    trial: (engine) => printJson({ event: 'trial', engine }, context),
    choice: ({ engine, remembered, trials }) => printJson({ event: 'choice', engine, remembered, trials }, context),
    opened: (opened) => {
      training = opened;
    },
    event: (event) => {
      printJson(tell(event), context);
      const sentence = sentenceOf(event, training);
      if (sentence) context.terminal.warn(`${sentence}\n`);
    },
    interrupted: () => undefined,
    close: () => undefined,
  };
}

/** What a person at the script should read although nobody reads its output. */
function sentenceOf(event: TrainingEvent, training: Training | null): string | null {
  if (event.event === 'done' && event.result.state === 'failed') return event.result.reason;
  if (event.event !== 'lost') return null;
  return `The training process ended: ${event.reason} Go on with: npx netloom resume ${training?.run ?? 'RUN'}`;
}

interface Names {
  run: string | null;
  folder: string | null;
  scalarNames: readonly string[];
  groups: readonly string[];
}

function lineOf(event: TrainingEvent, { run, folder, scalarNames, groups }: Names): Record<string, unknown> {
  switch (event.event) {
    case 'started':
      return { ...event, folder };
    case 'metrics':
      return { event: 'metrics', ...frameFields(event.frame, scalarNames, groups) };
    case 'epoch': {
      const { epoch, step, train, validation, learningRate, seconds, best } = event.summary;
      return {
        event: 'epoch',
        epoch,
        step,
        ...train,
        ...prefixed('val', validation),
        learningRate,
        seconds,
        best,
      };
    }
    case 'done': {
      const { train, validation, test, bestEpoch, ...rest } = event.result;
      return {
        event: 'done',
        run,
        folder,
        ...rest,
        bestEpoch,
        ...train,
        ...prefixed('val', validation),
        ...prefixed('test', test),
      };
    }
    case 'lost':
      return { event: 'lost', run, reason: event.reason };
    default:
      return { ...event };
  }
}

function frameFields(
  frame: Extract<TrainingEvent, { event: 'metrics' }>['frame'],
  scalarNames: readonly string[],
  groups: readonly string[],
): Record<string, unknown> {
  const rows = frame.rowSteps.length;
  const newest = (column: number): number => frame.scalars[(rows - 1) * scalarNames.length + column] ?? NaN;
  const byGroup = (values: Float32Array): Record<string, number> =>
    Object.fromEntries(groups.map((path, index) => [path, values[index] ?? NaN]));
  return {
    step: frame.firstStep + frame.steps,
    ...Object.fromEntries(scalarNames.map((name, column) => [name, newest(column)])),
    gradientNorms: byGroup(frame.gradientNorms),
    updateRatios: byGroup(frame.updateRatios),
    stepsPerSecond: frame.stepsPerSecond,
  };
}

/** loss -> valLoss; where several outputs each have their own, digit/accuracy -> digit/valAccuracy. */
function prefixed(prefix: string, measures: Measures | null): Record<string, number> {
  return Object.fromEntries(
    Object.entries(measures ?? {}).map(([path, value]) => {
      const start = path.lastIndexOf('/') + 1;
      const name = path.slice(start);
      return [path.slice(0, start) + prefix + name.charAt(0).toUpperCase() + name.slice(1), value];
    }),
  );
}
