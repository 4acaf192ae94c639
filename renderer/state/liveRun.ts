/** Makes curves of a run's frames as they arrive; where frames were missed, the log is asked for what lies between. */
import type { RunDetails, Series } from '../../shared/ipc/studio/runSchemas';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { RunEvent } from '../../shared/training/events';
import { addFrame, addSeries, createRunCurves, curvesOf, resumeAt, type RunCurves } from './runCurves';

export type StartedEvent = Extract<RunEvent, { event: 'started' }>;

export interface LiveRunSources {
  details: (run: string) => Promise<RunDetails>;
  /** The log's steps from `from` to `to` - 1. */
  series: (run: string, names: readonly string[], from: number, to: number) => Promise<readonly Series[]>;
  onChange: () => void;
}

export interface LiveRun {
  curves: () => RunCurves | null;
  /** The run begins, or goes on from a checkpoint. */
  started: (event: StartedEvent) => void;
  frame: (run: string, frame: MetricFrame) => void;
  epoch: (event: Extract<RunEvent, { event: 'epoch' }>) => void;
  notFinite: (step: number) => void;
  /** A window that was opened while the run was under way: what came before is in the log. */
  join: (run: string) => Promise<RunDetails | null>;
}

/** Frames that wait for the log; more than that is a minute, and the gap stays open instead. */
const mostWaiting = 1200;

export function createLiveRun({ details, series, onChange }: LiveRunSources): LiveRun {
  let curves: RunCurves | null = null;
  let names: readonly string[] = [];

  const { inOrder, readingLog, forget } = createQueue(onChange);

  const take = (frame: MetricFrame): void => {
    const known = curves;
    if (!known) return;
    if (frame.firstStep <= known.end || names.length === 0) {
      addFrame(known, frame, names);
      return onChange();
    }
    const { run, end } = known;
    void readingLog(async () => {
      const found = await series(run, names, end, frame.firstStep);
      if (curves === known) addSeries(known, found, frame.firstStep);
    });
    inOrder(() => {
      if (curves === known) addFrame(known, frame, names);
    });
  };

  const join = async (run: string): Promise<RunDetails | null> => {
    let found: RunDetails | null = null;
    await readingLog(async () => {
      found = await details(run);
      const before = curves?.run === run ? curves.marks : [];
      curves = curvesOf(found);
      curves.marks = before;
      if (names.length === 0) names = found.series.map(({ name }) => name);
    });
    return found;
  };

  return {
    curves: () => curves,
    started: (event) => {
      names = event.scalarNames;
      if (!event.resumed) {
        curves = createRunCurves(event.run, event.groups, event.stepsPerEpoch);
        forget();
        return onChange();
      }
      if (curves?.run !== event.run) void join(event.run);
      inOrder(() => {
        if (curves?.run === event.run) resumeAt(curves, event.step);
        onChange();
      });
    },
    frame: (run, frame) =>
      inOrder(() => {
        if (curves?.run === run) take(frame);
      }),
    epoch: ({ summary }) =>
      inOrder(() => {
        if (!curves) return;
        curves.epochs = [...curves.epochs.filter(({ epoch }) => epoch !== summary.epoch), summary];
        onChange();
      }),
    notFinite: (step) =>
      inOrder(() => {
        if (curves) curves.marks = [...curves.marks, { step, kind: 'notFinite' }];
        onChange();
      }),
    join,
  };
}

interface Queue {
  /** At once, or after what is being read from the log. */
  inOrder: (work: () => void) => void;
  readingLog: (read: () => Promise<void>) => Promise<void>;
  /** What waits is of no use any more. */
  forget: () => void;
}

function createQueue(onChange: () => void): Queue {
  /** What arrived while the log is read, in order; null: nothing is read. */
  let waiting: (() => void)[] | null = null;

  const inOrder = (work: () => void): void => {
    if (!waiting) return work();
    waiting.push(work);
    if (waiting.length > mostWaiting) waiting.shift();
  };

  const readingLog = async (read: () => Promise<void>): Promise<void> => {
    const mine: (() => void)[] = [];
    waiting = mine;
    try {
      await read();
    } catch {
      // The log cannot be read: the curve has a gap there, and goes on.
    }
    if (waiting !== mine) return;
    waiting = null;
    // The first of them may find the next gap; then the others wait again.
    for (const work of mine) inOrder(work);
    onChange();
  };

  return { inOrder, readingLog, forget: () => void (waiting = null) };
}
