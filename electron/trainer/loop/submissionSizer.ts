/** How many steps to submit at once: as many as take about 100 ms, so that neither overhead nor latency shows. */

export interface SubmissionSizer {
  next: () => number;
  /** What a submission took, from its turn to its end. */
  measured: (steps: number, milliseconds: number) => void;
}

const targetMilliseconds = 100;
/** Columns of one submission stay below this. */
const largestBytes = 4 * 2 ** 20;
const mostSteps = 4096;

/** `floatsPerStep`: values a step reports. `forced`: always that many, for tests. */
export function createSubmissionSizer(floatsPerStep: number, forced: number | null): SubmissionSizer {
  if (forced !== null) return { next: () => forced, measured: () => undefined };
  const limit = Math.max(1, Math.min(mostSteps, Math.floor(largestBytes / (4 * Math.max(1, floatsPerStep)))));
  let size = 1;
  let stepMilliseconds: number | null = null;
  return {
    next: () => size,
    measured(steps, milliseconds) {
      if (steps === 0) return;
      const newest = milliseconds / steps;
      stepMilliseconds = stepMilliseconds === null ? newest : 0.7 * stepMilliseconds + 0.3 * newest;
      const fitting = Math.max(1, Math.floor(targetMilliseconds / Math.max(stepMilliseconds, 1e-6)));
      // The first steps are slower than the rest: it may only double at a time, so that one odd time does no harm.
      size = Math.min(fitting, size * 2, limit);
    },
  };
}
