/** Finds out on the first steps how often the update-to-weight ratio can be measured for about half a percent of the time. */

export interface RatioProbe {
  /** How often ratios are measured in the next submission, of one step: 0 not, 1 yes. Null: the probe is over. */
  next: () => 0 | 1 | null;
  measured: (milliseconds: number) => void;
  /** Once it is over. */
  every: () => number;
}

/** The first step carries what happens once (compiling, allocating) and is not counted. */
const warmUps = 2;
const pairs = 7;
const share = 0.005;
const largest = 1000;

/** These are steps of the run like any other: ratios are only looked at, so what is measured changes no result. */
export function createRatioProbe(): RatioProbe {
  const times: number[] = [];
  const isOver = (): boolean => times.length >= warmUps + 2 * pairs;
  // Both kinds in turns, so that a machine that gets faster or slower meanwhile favours neither.
  const kind = (at: number): 0 | 1 => (at % 2 === 0 ? 0 : 1);
  return {
    next: () => (isOver() ? null : kind(times.length)),
    measured: (milliseconds) => void times.push(milliseconds),
    every() {
      const counted = times.slice(warmUps);
      // What else a machine does only ever lengthens a step, so the shortest of each kind tells the most.
      const [plain, plainNoise] = shortest(counted.filter((_, at) => kind(at + warmUps) === 0));
      const [measuring, noise] = shortest(counted.filter((_, at) => kind(at + warmUps) === 1));
      // What cannot be told from noise counts as cost: to measure too often slows the whole run.
      return ratioInterval(plain, measuring - plain + noise + plainNoise);
    },
  };
}

/** The shortest time, and how much longer the next one is: how far it can be trusted. */
function shortest(times: readonly number[]): [number, number] {
  const [first = NaN, second = first] = [...times].sort((one, other) => one - other);
  return [first, second - first];
}

/** The smallest k for which `cost` every k steps is at most half a percent of the steps' time. */
export function ratioInterval(stepMilliseconds: number, cost: number): number {
  if (!(stepMilliseconds > 0) || !(cost > 0)) return 1;
  return Math.min(largest, Math.max(1, Math.ceil(cost / (share * stepMilliseconds))));
}
