/** Thins columns into small frames for whoever watches: at most 10 a second, whatever the step rate. The log keeps all. */
import type { MetricFrame } from '../../../shared/ipc/trainer';
import type { MetricColumns } from '../../../shared/training/events';
import { frameRows } from './frameRows';

export interface MetricFrames {
  add: (columns: MetricColumns) => void;
  /** Sends what is left, before the run rests or ends. */
  flush: () => void;
}

export interface FrameOptions {
  send: (frame: MetricFrame) => void;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/** As often as a plot is drawn: what came between two drawings, nobody would see, and main would have to pass it on. */
const everyMilliseconds = 100;
const mostRows = 64;

export function createMetricFrames({ send, now }: FrameOptions): MetricFrames {
  let sequence = 0;
  let lastSent = -Infinity;
  let lastStepAt: number | null = null;
  let gathered: MetricColumns[] = [];

  function flush(): void {
    if (gathered.length === 0) return;
    const at = now();
    send(frameOf(gathered, sequence, lastStepAt === null ? null : at - lastStepAt));
    sequence += 1;
    lastSent = at;
    lastStepAt = at;
    gathered = [];
  }

  return {
    add(columns) {
      if (columns.steps === 0) return;
      gathered.push(columns);
      if (now() - lastSent >= everyMilliseconds) flush();
    },
    flush,
  };
}

function frameOf(gathered: readonly MetricColumns[], sequence: number, milliseconds: number | null): MetricFrame {
  const first = gathered[0] as MetricColumns;
  const steps = gathered.reduce((sum, columns) => sum + columns.steps, 0);
  const width = first.scalarNames.length;
  const losses = lossesOf(gathered, steps, width);
  const rows = frameRows(steps, mostRows, (position) => losses[position] as number);
  const rowSteps = new Float64Array(rows.length);
  const scalars = new Float32Array(rows.length * width);
  rows.forEach((offset, row) => {
    const { columns, at } = locate(gathered, offset);
    rowSteps[row] = columns.firstStep + at;
    scalars.set(columns.scalars.subarray(at * width, (at + 1) * width), row * width);
  });
  return {
    sequence,
    firstStep: first.firstStep,
    steps,
    rowSteps,
    scalars,
    gradientNorms: newest(gathered, 'gradientNorms'),
    updateRatios: newest(gathered, 'updateRatios'),
    stepsPerSecond: milliseconds === null || milliseconds <= 0 ? 0 : (1000 * steps) / milliseconds,
  };
}

/** The first scalar of every step: the loss. */
function lossesOf(gathered: readonly MetricColumns[], steps: number, width: number): Float32Array {
  const losses = new Float32Array(steps);
  let to = 0;
  for (const { scalars, steps: own } of gathered) {
    for (let at = 0; at < own; at += 1, to += 1) losses[to] = scalars[at * width] as number;
  }
  return losses;
}

function locate(gathered: readonly MetricColumns[], offset: number): { columns: MetricColumns; at: number } {
  let at = offset;
  for (const columns of gathered) {
    if (at < columns.steps) return { columns, at };
    at -= columns.steps;
  }
  throw new RangeError(`no step at ${offset}`);
}

/** The newest row that was measured at all; NaN where none was. */
function newest(gathered: readonly MetricColumns[], name: 'gradientNorms' | 'updateRatios'): Float32Array {
  const groups = gathered[0]?.groupNames.length ?? 0;
  for (const columns of [...gathered].reverse()) {
    for (let row = columns.steps - 1; row >= 0; row -= 1) {
      const values = columns[name].subarray(row * groups, (row + 1) * groups);
      if (values.some((value) => !Number.isNaN(value))) return values.slice();
    }
  }
  return new Float32Array(groups).fill(NaN);
}
