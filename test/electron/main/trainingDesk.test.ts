/** One run for all windows: told, stopped, and begun again when its process dies, but not for ever. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRestartPolicy } from '../../../electron/main/restartPolicy';
import { TrainingDesk } from '../../../electron/main/trainingDesk';
import { createEventQueue } from '../../../electron/services/training/eventQueue';
import type { Training, TrainingEvent } from '../../../electron/services/training/training';
import type { TrainingEvent as ToldEvent } from '../../../shared/ipc/studio/runSchemas';
import type { RunResult } from '../../../shared/training/events';

const result = { state: 'finished', reason: null, epochs: 1 } as RunResult;

class FakeTraining implements Training {
  readonly run = 'run-1';
  readonly folder = '/runs/run-1';
  readonly pid = 1;
  readonly events = createEventQueue<TrainingEvent>();
  readonly result = Promise.resolve(result);
  stops = 0;
  quiet = { milliseconds: 0, busy: false };
  pause = () => Promise.resolve();
  continue = () => Promise.resolve();
  silence = () => this.quiet;
  stop(): void {
    this.stops += 1;
    if (this.stops > 1) this.die('killed.');
  }
  finish(): void {
    this.events.push({ event: 'done', result });
    this.events.end();
  }
  die(reason: string): void {
    this.events.push({ event: 'lost', reason });
    this.events.end();
  }
}

function desk({ now = (): number => 0, resume = () => Promise.resolve() } = {}) {
  const told: ToldEvent[] = [];
  const problems: string[] = [];
  const begun: FakeTraining[] = [];
  const begin = (): Promise<FakeTraining> => {
    const training = new FakeTraining();
    begun.push(training);
    return Promise.resolve(training);
  };
  const made = new TrainingDesk({
    resume: async () => {
      await resume();
      return begin();
    },
    restarts: createRestartPolicy(now),
    tell: {
      training: (_run, event) => told.push(event),
      frame: () => undefined,
      runsChanged: () => undefined,
      problem: (sentence) => problems.push(sentence),
    },
  });
  const last = (): FakeTraining => begun[begun.length - 1] as FakeTraining;
  return { desk: made, told, problems, begun, begin, last };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('the run that is trained', () => {
  it('is one at a time, known to windows that open meanwhile, and over when it is done', async () => {
    const { desk: one, begin, last, told } = desk();
    expect(await one.train('wasm', begin)).toBe('run-1');
    await expect(one.train('wasm', begin)).rejects.toMatchObject({ code: 'run-busy' });
    last().events.push({ event: 'state', state: 'paused', step: 3 });
    await settle();
    expect(one.active()).toEqual({ run: 'run-1', state: 'paused', engine: 'wasm' });
    last().finish();
    await one.idle();
    expect(one.active()).toBeNull();
    expect(told.map((event) => event.kind)).toEqual(['run', 'run']);
    await expect(one.pause()).rejects.toMatchObject({ code: 'run-unknown' });
    expect(await one.train('wasm', begin)).toBe('run-1');
  });

  it('that cannot begin leaves the desk free', async () => {
    const { desk: one, begin } = desk();
    await expect(one.train('wasm', () => Promise.reject(new Error('no data')))).rejects.toThrow('no data');
    expect(one.isBusy()).toBe(false);
    await one.train('wasm', begin);
  });

  it('is given up while its data are prepared, and stopped where that came too late', async () => {
    const { desk: one, begin, last } = desk();
    const given: AbortSignal[] = [];
    const beginning = one.train('wasm', (signal) => {
      given.push(signal);
      return begin();
    });
    one.stop();
    await beginning;
    expect(given.map(({ aborted }) => aborted)).toEqual([true]);
    expect(last().stops).toBe(1);
  });
});

describe('a process that dies', () => {
  it('is begun again three times in five minutes, and again when those have passed', async () => {
    let time = 0;
    const { desk: one, begin, last, begun, told } = desk({ now: (): number => time });
    await one.train('wasm', begin);
    for (let death = 1; death <= 3; death += 1) {
      last().die('exit code 9.');
      await settle();
      expect(begun).toHaveLength(1 + death);
      expect(one.active()?.run).toBe('run-1');
      time += 1000;
    }
    last().die('exit code 9.');
    await settle();
    expect(begun).toHaveLength(4);
    expect(one.active()).toBeNull();
    const lost = told.flatMap((event) => (event.kind === 'lost' ? [event.restarts] : []));
    expect(lost).toEqual([true, true, true, false]);
    // It was left to the user, who goes on with it; five minutes later it is begun again by itself.
    await one.train('wasm', begin);
    time += 5 * 60_000;
    last().die('exit code 9.');
    await settle();
    expect(begun).toHaveLength(6);
  });

  it('because the user stopped it twice is left alone', async () => {
    const { desk: one, begin, begun, told } = desk();
    await one.train('wasm', begin);
    one.stop();
    one.stop();
    await one.idle();
    expect(begun).toHaveLength(1);
    expect(told).toContainEqual({ kind: 'lost', reason: 'killed.', restarts: false });
  });

  it('and cannot be begun again is said, and the desk is free', async () => {
    const { desk: one, begin, last, told } = desk({ resume: () => Promise.reject(new Error('the folder is gone')) });
    await one.train('wasm', begin);
    last().die('exit code 9.');
    await one.idle();
    expect(told[told.length - 1]).toEqual({ kind: 'lost', reason: 'the folder is gone', restarts: false });
    expect(one.isBusy()).toBe(false);
  });
});

describe('the end of the program', () => {
  afterEach(() => void vi.useRealTimers());

  it('waits for a clean end', async () => {
    const { desk: one, begin, last } = desk();
    await one.train('wasm', begin);
    const ended = one.end(10_000);
    last().finish();
    await ended;
    expect(last().stops).toBe(1);
  });

  it('waits no longer than it was told, and then ends the process', async () => {
    vi.useFakeTimers();
    const { desk: one, begin, last } = desk();
    await one.train('wasm', begin);
    const ended = one.end(10_000);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(last().stops).toBe(1);
    await vi.advanceTimersByTimeAsync(2);
    await ended;
    expect(last().stops).toBe(2);
  });

  it('says a silence that nobody announced, once, and never one of a busy process', async () => {
    vi.useFakeTimers();
    const { desk: one, begin, last, problems } = desk();
    await one.train('wasm', begin);
    last().quiet = { milliseconds: 60_000, busy: true };
    await vi.advanceTimersByTimeAsync(3000);
    expect(problems).toEqual([]);
    last().quiet = { milliseconds: 11_000, busy: false };
    await vi.advanceTimersByTimeAsync(3000);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('11 s');
    expect(last().stops).toBe(0);
    last().finish();
  });
});
