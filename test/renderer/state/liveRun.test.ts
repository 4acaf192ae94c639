/** Curves of a run as its frames arrive: gaps are filled from the log, a window opened late has all, resuming replaces. */
import { describe, expect, it } from 'vitest';
import { createLiveRun, type LiveRun, type LiveRunSources, type StartedEvent } from '../../../renderer/state/liveRun';
import type { RunDetails, Series } from '../../../shared/ipc/studio/runSchemas';
import type { MetricFrame } from '../../../shared/ipc/trainer';

const groups = [
  { path: 'a', name: 'first', layer: 'Dense', elements: 4 },
  { path: 'b', name: 'last', layer: 'Dense', elements: 9 },
];

function started(changes: Partial<StartedEvent> = {}): StartedEvent {
  return {
    ...{ event: 'started', run: 'run-1', engine: 'wasm', step: 0, epoch: 0, stepsPerEpoch: 10, epochs: 5, groups },
    ...{ scalarNames: ['loss', 'accuracy'], ratioEvery: 10, resumed: false },
    ...changes,
  };
}

/** The loss of a step is the step; the accuracy its tenth. */
function frame(firstStep: number, steps: number): MetricFrame {
  const rowSteps = Float64Array.from({ length: steps }, (_, at) => firstStep + at);
  const scalars = Float32Array.from([...rowSteps].flatMap((step) => [step, step / 10]));
  const measured = { gradientNorms: Float32Array.of(2, 3), updateRatios: Float32Array.of(NaN, 0.1) };
  return { sequence: 0, firstStep, steps, rowSteps, scalars, ...measured, stepsPerSecond: 50 };
}

function logged(from: number, to: number): Series[] {
  const firstSteps = Float64Array.from({ length: to - from }, (_, at) => from + at);
  const loss = Float32Array.from(firstSteps);
  const accuracy = loss.map((value) => value / 10);
  return [
    { name: 'loss', firstSteps, minimum: loss, maximum: loss, mean: loss },
    { name: 'accuracy', firstSteps, minimum: accuracy, maximum: accuracy, mean: accuracy },
  ];
}

function detailsUpTo(steps: number): RunDetails {
  const firstSteps = Float64Array.from({ length: steps }, (_, at) => at);
  const rows = new Float32Array(groups.length * steps).fill(1);
  const listing = { id: 'run-1', folder: '', state: 'running', name: 'run', created: '', engine: 'wasm' } as const;
  const results = {
    device: null,
    epoch: 0,
    epochs: 5,
    bestEpoch: null,
    validation: null,
    test: null,
    seconds: 0,
    problem: null,
  };
  return {
    listing: { ...listing, ...results, steps },
    ...{ design: null, designFile: null, epochs: [], series: logged(0, steps), groups, stepsPerEpoch: 10 },
    layers: { firstSteps, gradientNorms: rows, updateRatios: rows },
    ...{ classTables: [], warnings: [], problem: null },
  };
}

interface Pending<Value> {
  asked: unknown[];
  answer: (value: Value) => void;
  refuse: () => void;
}

function scene(): { live: LiveRun; series: Pending<Series[]>[]; details: Pending<RunDetails>[] } {
  const series: Pending<Series[]>[] = [];
  const details: Pending<RunDetails>[] = [];
  const later = <Value>(list: Pending<Value>[], asked: unknown[]): Promise<Value> =>
    new Promise((resolve, reject) => {
      list.push({ asked, answer: resolve, refuse: () => reject(new Error('the log is gone')) });
    });
  const sources: LiveRunSources = {
    details: (run) => later(details, [run]),
    series: (run, names, from, to) => later(series, [run, names, from, to]),
    onChange: () => undefined,
  };
  return { live: createLiveRun(sources), series, details };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function stepsOf(live: LiveRun): number[] {
  return [...(live.curves()?.scalars.get('loss')?.query(-Infinity, Infinity, 1000).mean ?? [])];
}

const upTo = (end: number): number[] => Array.from({ length: end }, (_, at) => at);

describe('frames in order', () => {
  it('make every scalar and every layer grow', () => {
    const { live } = scene();
    live.started(started());
    live.frame('run-1', frame(0, 3));
    live.frame('run-1', frame(3, 2));
    expect(stepsOf(live)).toEqual(upTo(5));
    const { layers, scalars, end } = live.curves() ?? {};
    expect([...(scalars?.keys() ?? [])]).toEqual(['loss', 'accuracy']);
    expect([layers?.rows(), end]).toEqual([2, 5]);
    expect(layers?.value('norm', 0, 1)).toBe(3);
    expect(layers?.value('rms', 0, 1)).toBe(1);
    expect(layers?.value('ratio', 0, 0)).toBeNaN();
  });

  it('of another run are left alone', () => {
    const { live } = scene();
    live.started(started());
    live.frame('run-0', frame(0, 3));
    expect(stepsOf(live)).toEqual([]);
  });
});

describe('a gap between frames', () => {
  it('is filled from the log, with what arrives meanwhile after it', async () => {
    const { live, series } = scene();
    live.started(started());
    live.frame('run-1', frame(0, 3));
    live.frame('run-1', frame(8, 2));
    live.frame('run-1', frame(10, 2));
    expect(series.map(({ asked }) => asked)).toEqual([['run-1', ['loss', 'accuracy'], 3, 8]]);
    series[0]?.answer(logged(3, 8));
    await settled();
    expect(stepsOf(live)).toEqual(upTo(12));
  });

  it('and a second one while the first is filled are both filled', async () => {
    const { live, series } = scene();
    live.started(started());
    live.frame('run-1', frame(2, 2));
    live.frame('run-1', frame(7, 2));
    live.frame('run-1', frame(9, 1));
    series[0]?.answer(logged(0, 2));
    await settled();
    expect(series[1]?.asked.slice(2)).toEqual([4, 7]);
    series[1]?.answer(logged(4, 7));
    await settled();
    expect(stepsOf(live)).toEqual(upTo(10));
  });

  it('stays open where the log cannot be read', async () => {
    const { live, series } = scene();
    live.started(started());
    live.frame('run-1', frame(0, 2));
    live.frame('run-1', frame(5, 2));
    series[0]?.refuse();
    await settled();
    expect(stepsOf(live)).toEqual([0, 1, 5, 6]);
  });
});

describe('a window that is opened while a run trains', () => {
  it('has all of it, each step once', async () => {
    const { live, details } = scene();
    const joined = live.join('run-1');
    live.frame('run-1', frame(4, 4));
    live.frame('run-1', frame(8, 2));
    details[0]?.answer(detailsUpTo(6));
    expect((await joined)?.listing.steps).toBe(6);
    expect(stepsOf(live)).toEqual(upTo(10));
  });
});

describe('a run that is resumed', () => {
  it('replaces what came after its checkpoint, and says where', () => {
    const { live } = scene();
    live.started(started());
    live.frame('run-1', frame(0, 9));
    live.started(started({ resumed: true, step: 5 }));
    live.frame('run-1', frame(5, 1));
    expect(stepsOf(live)).toEqual(upTo(6));
    expect(live.curves()?.marks).toEqual([{ step: 5, kind: 'resumed' }]);
  });

  it('that this window has never seen is read from its record first', async () => {
    const { live, details } = scene();
    live.started(started({ resumed: true, step: 4 }));
    live.frame('run-1', frame(4, 2));
    details[0]?.answer(detailsUpTo(4));
    await settled();
    expect(stepsOf(live)).toEqual(upTo(6));
    expect(live.curves()?.marks).toEqual([{ step: 4, kind: 'resumed' }]);
  });
});
