/** The life of a run as the window sees it, told by a main process that says what it is told to say. */
import { describe, expect, it } from 'vitest';
import type { EventOf, RequestName, RequestOf, ResponseOf } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { TrainingEvent } from '../../../shared/ipc/studio/runSchemas';
import { settingsSchema } from '../../../shared/ipc/studio/settingsSchema';
import type { EpochSummary, RunEvent, RunResult } from '../../../shared/training/events';
import { createDocumentStore, type DocumentStore } from '../../../renderer/state/documentStore';
import { createGradientStore, type GradientStore } from '../../../renderer/state/gradientStore';
import { createSettingsStore } from '../../../renderer/state/settingsStore';
import type { StudioClient } from '../../../renderer/state/studioClient';
import { bestEpoch } from '../../../renderer/state/trainingFacts';
import { currentEpoch, fractionDone, recentRate, secondsLeft } from '../../../renderer/state/trainingProgress';
import { createTrainingStore, type TrainingStore } from '../../../renderer/state/trainingStore';
import { emptyDesign } from '../../../shared/design/schema';

type Answers = { [Name in RequestName<StudioContract>]?: () => unknown };

interface Scene {
  training: TrainingStore;
  document: DocumentStore;
  gradients: GradientStore;
  asked: string[];
  tell: (event: TrainingEvent) => void;
  run: (event: RunEvent) => void;
  emit: (event: EventOf<StudioContract>) => void;
}

function scene(answers: Answers = {}, engine = 'wasm'): Scene {
  const asked: string[] = [];
  const listeners: ((event: EventOf<StudioContract>) => void)[] = [];
  const client: StudioClient = {
    request: async <Name extends RequestName<StudioContract>>(name: Name, payload: RequestOf<StudioContract, Name>) => {
      const { run, engine: named } = payload as { run?: string; engine?: string };
      asked.push([name, ...(name === 'resume' || named === 'auto' ? [run ?? named] : [])].join(' '));
      await Promise.resolve();
      return (answers[name]?.() ?? (name === 'activeRun' ? { active: null } : {})) as ResponseOf<StudioContract, Name>;
    },
    onEvent: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
    disconnect: () => undefined,
  };
  const document = createDocumentStore();
  const opened = { key: 'key', file: null, origin: 'new', unsaved: false, recovered: null, design: {} } as const;
  document.getState().load(opened, emptyDesign());
  const gradients = createGradientStore();
  const settings = createSettingsStore(client, settingsSchema.parse({ engine }));
  const training = createTrainingStore(client, { document, gradients, settings });
  const emit = (event: EventOf<StudioContract>): void => listeners.forEach((listener) => listener(event));
  const tell = (event: TrainingEvent): void => emit({ name: 'training', payload: { run: 'run-1', event } });
  return { training, document, gradients, asked, emit, tell, run: (event) => tell({ kind: 'run', event }) };
}

const groups = [{ path: 'n1', name: 'dense', layer: 'Dense', elements: 4 }];

function started(changes: Partial<Extract<RunEvent, { event: 'started' }>> = {}): RunEvent {
  return {
    ...{ event: 'started', run: 'run-1', engine: 'wasm', step: 0, epoch: 0, stepsPerEpoch: 10, epochs: 4, groups },
    ...{ scalarNames: ['loss'], ratioEvery: null, resumed: false },
    ...changes,
  };
}

function epoch(number: number, best: boolean): EpochSummary {
  const measures = { loss: 1 / number };
  return {
    epoch: number,
    step: number * 10,
    train: measures,
    validation: measures,
    learningRate: 0.1,
    seconds: 2,
    best,
  };
}

const result: RunResult = {
  ...{ state: 'finished', reason: null, epochs: 4, steps: 40, bestEpoch: 3, train: null, validation: null },
  ...{ test: { loss: 0.2 }, notFinite: null, seconds: 8 },
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a run from its first event to its last', () => {
  it('prepares, runs, pauses, goes on and finishes', async () => {
    const { training, run } = scene({ train: () => ({ run: 'run-1' }) });
    const phase = (): string => training.getState().phase;
    const begun = training.getState().train();
    expect(phase()).toBe('preparing');
    await begun;
    run(started());
    expect([phase(), training.getState().run]).toEqual(['running', 'run-1']);
    run({ event: 'epoch', summary: epoch(1, true) });
    run({ event: 'epoch', summary: epoch(2, false) });
    expect([training.getState().epoch, bestEpoch(training.getState().epochsDone)?.epoch]).toEqual([2, 1]);
    const paused = training.getState().pause();
    expect(phase()).toBe('pausing');
    await paused;
    run({ event: 'state', state: 'paused', step: 22 });
    expect([phase(), training.getState().step]).toEqual(['paused', 22]);
    await training.getState().continue();
    run({ event: 'done', result });
    expect(training.getState()).toMatchObject({ phase: 'idle', outcome: 'finished', result, problem: null });
  });

  it('tells frames to the curves, the progress and the gradients', () => {
    const { training, run, emit, gradients } = scene();
    run(started());
    const rows = { rowSteps: Float64Array.of(0, 1), scalars: Float32Array.of(2, 1) };
    const layers = { gradientNorms: Float32Array.of(6), updateRatios: Float32Array.of(0.01) };
    const frame = { sequence: 0, firstStep: 0, steps: 2, ...rows, ...layers, stepsPerSecond: 20 };
    const { version } = training.getState();
    emit({ name: 'frame', payload: { run: 'run-1', frame } });
    expect(training.getState()).toMatchObject({ step: 2, stepsPerSecond: 20 });
    expect(training.getState().version).toBeGreaterThan(version);
    expect(training.getState().curves?.scalars.get('loss')?.length()).toBe(2);
    expect(gradients.getState().norms.get('n1')?.rms).toBe(3);
  });

  it('says why it failed, and which node', () => {
    const { training, run } = scene();
    run(started());
    const notFinite = { step: 7, loss: NaN, node: 'n1', name: 'dense', elements: 3 };
    run({ event: 'notFinite', notFinite });
    run({ event: 'done', result: { ...result, state: 'failed', reason: 'The loss is not a number.', notFinite } });
    expect(training.getState()).toMatchObject({ outcome: 'failed', problem: 'The loss is not a number.', notFinite });
    expect(training.getState().curves?.marks).toEqual([{ step: 7, kind: 'notFinite' }]);
  });
});

describe('a process that dies', () => {
  it('is waited for while it is started again, and the run goes on', () => {
    const { training, run, tell } = scene();
    run(started());
    run({ event: 'epoch', summary: epoch(1, true) });
    run({ event: 'epoch', summary: epoch(2, true) });
    tell({ kind: 'lost', reason: 'It was killed.', restarts: true });
    expect(training.getState()).toMatchObject({ phase: 'preparing', restarting: true, problem: 'It was killed.' });
    run(started({ resumed: true, step: 10, epoch: 1 }));
    expect(training.getState()).toMatchObject({ phase: 'running', restarting: false, problem: null });
    expect(training.getState().epochsDone.map((one) => one.epoch)).toEqual([1]);
  });

  it('too often leaves the run interrupted', () => {
    const { training, run, tell } = scene();
    run(started());
    tell({ kind: 'lost', reason: 'It was killed again.', restarts: false });
    expect(training.getState()).toMatchObject({ phase: 'idle', outcome: 'interrupted', run: 'run-1' });
  });
});

describe('what cannot be done', () => {
  it('is said, and leaves things as they were', async () => {
    const refuse = (): never => {
      throw new Error('No disk space is left.');
    };
    const { training } = scene({ train: refuse });
    await training.getState().train();
    expect(training.getState()).toMatchObject({ phase: 'idle', run: null, problem: 'No disk space is left.' });
  });

  it('is no problem where the user gave it up', async () => {
    let refuse: (error: Error) => void = () => undefined;
    const { training } = scene({ train: () => new Promise((_, reject) => (refuse = reject)) });
    const begun = training.getState().train();
    await training.getState().stop();
    refuse(new Error('The preparation was cancelled.'));
    await begun;
    expect(training.getState()).toMatchObject({ phase: 'idle', problem: null });
  });

  it('is not asked for twice', async () => {
    const { training, asked, run } = scene({ train: () => ({ run: 'run-1' }) });
    await training.getState().train();
    run(started());
    await training.getState().train();
    await training.getState().resume('run-0', null);
    expect(asked.filter((name) => /train|resume/.test(name))).toEqual(['train']);
  });
});

describe('a window that is opened meanwhile', () => {
  it('finds the run that trains', async () => {
    const { training } = scene({
      activeRun: () => ({ active: { run: 'run-9', state: 'paused', engine: 'cpu' } }),
      runDetails: () => Promise.reject(new Error('not yet')),
    });
    await settled();
    expect(training.getState()).toMatchObject({ run: 'run-9', phase: 'paused', engine: 'cpu' });
  });
});

describe('progress', () => {
  const progress = { step: 25, epoch: 2, epochs: 4, stepsPerEpoch: 10, stepsPerSecond: 5 };

  it('counts the epoch under way from one, and never beyond the last', () => {
    expect(currentEpoch(progress)).toBe(3);
    expect(currentEpoch({ ...progress, step: 40 })).toBe(4);
  });

  it('knows the share that is done and the time that is left', () => {
    expect([fractionDone(progress), secondsLeft(progress)]).toEqual([0.625, 3]);
    expect(secondsLeft({ ...progress, stepsPerSecond: 0 })).toBeNull();
  });

  it('takes the first rate as it is and follows later ones gently', () => {
    expect(recentRate(0, 100)).toBe(100);
    expect(recentRate(100, 0)).toBe(100);
    expect(recentRate(100, 200)).toBeCloseTo(115);
  });
});

describe('the engine of a run', () => {
  const choice = {
    ...{ engine: 'pytorch', remembered: false },
    trials: [
      { engine: 'wasm', milliseconds: 22, device: null, problem: null },
      { engine: 'pytorch', milliseconds: 4.1, device: 'NVIDIA H200', problem: null },
    ],
  };

  it('is the one of the settings; what auto tries and chooses is told until the next run begins', async () => {
    const { training, asked, emit, run } = scene({ train: () => ({ run: 'run-1' }) }, 'auto');
    const begun = training.getState().train();
    emit({ name: 'trial', payload: { engine: 'pytorch' } });
    expect(training.getState()).toMatchObject({ phase: 'preparing', trial: 'pytorch', choice: null, engine: null });
    emit({ name: 'choice', payload: choice });
    expect(training.getState()).toMatchObject({ trial: null, choice });
    await begun;
    run(started({ engine: 'pytorch' }));
    expect(training.getState()).toMatchObject({ engine: 'pytorch', choice });
    run({ event: 'done', result });
    expect(training.getState().choice).toEqual(choice);
    expect(asked).toContain('train auto');
    void training.getState().train();
    expect(training.getState()).toMatchObject({ trial: null, choice: null, engine: null });
  });
});
