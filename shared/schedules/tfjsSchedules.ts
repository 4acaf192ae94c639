/** Schedules as functions of TypeScript: the factor on the learning rate. */
import type { Helper } from '../ir/emit/emission';

export const tfjsCosine: Helper = {
  name: 'cosineFactor',
  imports: [],
  source: `/** A linear warm-up, then half a wave of the cosine down to the final factor. */
function cosineFactor(update: number, rising: number, total: number, finalFactor: number): number {
  const warmup = Math.min(Math.round(rising), total);
  if (update < warmup) return (update + 1) / warmup;
  const progress = Math.min(1, (update - warmup) / Math.max(1, total - warmup));
  return finalFactor + ((1 - finalFactor) * (1 + Math.cos(Math.PI * progress))) / 2;
}
`,
};

export const tfjsPlateau: Helper = {
  name: 'plateauFactor',
  imports: [],
  source: `interface PlateauArgs {
  patience: number;
  factor: number;
  minimum: number;
  threshold: number;
}

/** Falls where the monitored values, of which lower ones are better, have not improved for long. */
function plateauFactor(history: readonly number[], args: PlateauArgs): number {
  let [best, stalled, current] = [Infinity, 0, 1];
  for (const value of history) {
    const wanted = best === Infinity ? best : best - args.threshold * Math.abs(best);
    stalled = value < wanted ? 0 : stalled + 1;
    if (value < wanted) best = value;
    if (stalled <= args.patience) continue;
    current = Math.max(args.minimum, current * args.factor);
    stalled = 0;
  }
  return current;
}
`,
};
