/** What the user wants of a run: go on, pause, stop. Requests raise the signal that engines look at between steps. */
import type { StopSignal } from '../engines/engine';

export interface RunControl {
  /** Raised while anything but going on is wanted. */
  readonly signal: StopSignal;
  readonly wanted: 'run' | 'pause' | 'stop';
  /** Resolves with the step at which the run rests; at once where it rests already; null if it ends instead. */
  pause: () => Promise<number | null>;
  continue: () => void;
  stop: () => void;
  /** For the loop: tells those who wait that the run rests at a step, and waits until something else is wanted. */
  rest: (step: number) => Promise<void>;
  /** For the loop: the run has ended, nobody need wait any longer. */
  end: () => void;
}

export function createRunControl(): RunControl {
  let wanted: RunControl['wanted'] = 'run';
  let restingAt: number | null = null;
  let ended = false;
  let wake: () => void = () => undefined;
  const waiting: ((step: number | null) => void)[] = [];
  const answer = (step: number | null): void => waiting.splice(0).forEach((resolve) => resolve(step));
  return {
    signal: {
      get aborted() {
        return wanted !== 'run';
      },
    },
    get wanted() {
      return wanted;
    },
    pause() {
      if (ended || wanted === 'stop') return Promise.resolve(null);
      wanted = 'pause';
      if (restingAt !== null) return Promise.resolve(restingAt);
      return new Promise((resolve) => waiting.push(resolve));
    },
    continue() {
      if (wanted !== 'pause') return;
      wanted = 'run';
      wake();
    },
    stop() {
      wanted = 'stop';
      wake();
    },
    async rest(step) {
      restingAt = step;
      answer(step);
      if (wanted === 'pause') await new Promise<void>((resolve) => (wake = resolve));
      restingAt = null;
    },
    end() {
      ended = true;
      answer(null);
    },
  };
}
