/** How far training is and how long it will go on. */

export interface Progress {
  step: number;
  epoch: number;
  epochs: number;
  stepsPerEpoch: number;
  stepsPerSecond: number;
}

/** The rate as people can read it: recent ones count most. A frame without a rate changes nothing. */
export function recentRate(before: number, measured: number): number {
  if (!(measured > 0) || !Number.isFinite(measured)) return before;
  return before > 0 ? before * 0.85 + measured * 0.15 : measured;
}

/** The epoch under way, counted from 1. */
export function currentEpoch({ step, epochs, stepsPerEpoch }: Progress): number {
  if (stepsPerEpoch <= 0) return 0;
  return Math.min(Math.max(1, epochs), Math.floor(step / stepsPerEpoch) + 1);
}

/** 0 to 1. */
export function fractionDone({ step, epochs, stepsPerEpoch }: Progress): number {
  const total = epochs * stepsPerEpoch;
  return total > 0 ? Math.min(1, step / total) : 0;
}

/** Null while no rate is known. */
export function secondsLeft({ step, epochs, stepsPerEpoch, stepsPerSecond }: Progress): number | null {
  if (!(stepsPerSecond > 0)) return null;
  return Math.max(0, epochs * stepsPerEpoch - step) / stepsPerSecond;
}
