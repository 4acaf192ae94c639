/** What the live display knows of a run, kept up by the run's events and frames. */
import type { MetricFrame } from '../../../shared/ipc/trainer';
import type { EpochSummary, RunEvent, RunState, WeightGroup } from '../../../shared/training/events';

export interface TrainingState {
  title: string;
  engine: string;
  state: RunState;
  epochs: number;
  stepsPerEpoch: number;
  /** Steps completed. */
  step: number;
  stepsPerSecond: number;
  learningRate: number | null;
  scalarNames: readonly string[];
  /** Newest value of every scalar. */
  scalars: ReadonlyMap<string, number>;
  /** Values so far for the sparklines, thinned to at most `curveLength`. */
  curves: ReadonlyMap<string, Curve>;
  groups: readonly WeightGroup[];
  gradientNorms: Float32Array;
  /** The newest that was measured of each; steps between two measurements change nothing. */
  updateRatios: Float32Array;
  summaries: readonly EpochSummary[];
  warnings: readonly string[];
}

/** Means of `every` consecutive values each; the last entry may still be filling. */
export interface Curve {
  values: readonly number[];
  every: number;
  filled: number;
}

const curveLength = 512;

export function emptyTrainingState(title: string): TrainingState {
  return {
    title,
    engine: '',
    state: 'preparing',
    epochs: 0,
    stepsPerEpoch: 0,
    step: 0,
    stepsPerSecond: 0,
    learningRate: null,
    scalarNames: [],
    scalars: new Map(),
    curves: new Map(),
    groups: [],
    gradientNorms: new Float32Array(0),
    updateRatios: new Float32Array(0),
    summaries: [],
    warnings: [],
  };
}

export function withEvent(state: TrainingState, event: RunEvent): TrainingState {
  switch (event.event) {
    case 'started':
      return {
        ...state,
        engine: event.engine,
        state: 'running',
        epochs: event.epochs,
        stepsPerEpoch: event.stepsPerEpoch,
        step: event.step,
        groups: event.groups,
        scalarNames: event.scalarNames,
      };
    case 'epoch':
      // Of the next epoch some steps may be done already.
      return {
        ...state,
        step: Math.max(state.step, event.summary.step),
        summaries: [...state.summaries, event.summary],
      };
    case 'state':
      return { ...state, state: event.state, step: event.step };
    case 'warning':
      return { ...state, warnings: [...state.warnings, event.message] };
    case 'done':
      return { ...state, state: event.result.state, step: event.result.steps };
    case 'checkpoint':
    case 'evaluation':
    case 'notFinite':
      return state;
  }
}

export function withFrame(state: TrainingState, frame: MetricFrame): TrainingState {
  const names = state.scalarNames;
  const rows = frame.rowSteps.length;
  const column = (index: number): number[] =>
    Array.from({ length: rows }, (_, row) => frame.scalars[row * names.length + index] ?? NaN);
  const scalars = new Map(names.map((name, index) => [name, column(index)[rows - 1] ?? NaN]));
  const empty: Curve = { values: [], every: 1, filled: 0 };
  const curves = names.map((name, index): [string, Curve] => {
    return [name, column(index).reduce(extended, state.curves.get(name) ?? empty)];
  });
  return {
    ...state,
    step: frame.firstStep + frame.steps,
    stepsPerSecond: smoothed(state.stepsPerSecond, frame.stepsPerSecond),
    learningRate: scalars.get('learningRate') ?? state.learningRate,
    scalars,
    curves: new Map(curves),
    gradientNorms: frame.gradientNorms,
    updateRatios: frame.updateRatios.map((ratio, index) => {
      return Number.isNaN(ratio) ? (state.updateRatios[index] ?? NaN) : ratio;
    }),
  };
}

/** A quarter of the newest rate: what is left to wait must not jump with every frame. */
function smoothed(before: number, newest: number): number {
  return before > 0 ? 0.75 * before + 0.25 * newest : newest;
}

function extended({ values, every, filled }: Curve, value: number): Curve {
  if (filled > 0 && filled < every) {
    const mean = ((values[values.length - 1] ?? 0) * filled + value) / (filled + 1);
    return { values: [...values.slice(0, -1), mean], every, filled: filled + 1 };
  }
  if (values.length < curveLength) return { values: [...values, value], every, filled: 1 };
  const halved = Array.from({ length: curveLength / 2 }, (_, pair) => {
    return ((values[2 * pair] ?? 0) + (values[2 * pair + 1] ?? 0)) / 2;
  });
  return extended({ values: halved, every: every * 2, filled: 0 }, value);
}

/** Seconds until the last epoch ends at the present rate; null while no rate is known. */
export function secondsLeft(state: TrainingState): number | null {
  const remaining = state.epochs * state.stepsPerEpoch - state.step;
  return state.stepsPerSecond > 0 ? remaining / state.stepsPerSecond : null;
}
