/** The order of submissions, alike for every engine: one after the other, at most two in flight, none past an early end. */
import type { Submitted } from './engine';

export interface SubmissionQueue {
  /** Runs `work` after the submissions before it; if the last of those ended early, `refuse` answers in its place. */
  add: (work: () => Promise<Submitted>, refuse: (before: Submitted) => Submitted) => Promise<Submitted>;
  /** How many are in flight; throws where one more would be too many. */
  begun: () => number;
  /** Resolves when nothing is in flight. */
  idle: () => Promise<void>;
}

const limit = 2;

export function createSubmissionQueue(): SubmissionQueue {
  let inFlight = 0;
  let last: Promise<Submitted> | null = null;
  return {
    async add(work, refuse) {
      refuseMore(inFlight);
      // What is submitted while nothing is in flight starts afresh, whatever happened before.
      const before = inFlight > 0 ? last : null;
      inFlight += 1;
      const done = (async (): Promise<Submitted> => {
        const earlier = await before;
        return earlier?.stoppedAt === undefined ? work() : refuse(earlier);
      })();
      last = done;
      try {
        return await done;
      } finally {
        inFlight -= 1;
      }
    },
    begun() {
      refuseMore(inFlight);
      return inFlight;
    },
    async idle() {
      await last?.catch(() => null);
    },
  };
}

function refuseMore(inFlight: number): void {
  if (inFlight >= limit) throw new Error(`at most ${limit} submissions may be in flight`);
}
