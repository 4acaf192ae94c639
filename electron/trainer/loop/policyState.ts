/** Everything the loop must know to go on as if it had never stopped; kept in the header of every checkpoint. */
import { z } from 'zod';

/** Of any value: measures may be infinite, or no number. */
const number = z.custom<number>((value) => typeof value === 'number');
const measures = z.object({ loss: number }).catchall(number);
const summary = z.strictObject({
  epoch: z.int().min(1),
  step: z.int().min(0),
  train: measures,
  validation: measures.nullable(),
  learningRate: number,
  seconds: number,
  best: z.boolean(),
});

const policyStateSchema = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  /** Whole epochs done, and steps done of the epoch that is going on. */
  epoch: z.int().min(0),
  position: z.int().min(0),
  /** Updates done since the run began: the index of the next step. */
  step: z.int().min(0),
  /** Sums over the steps of this epoch, by scalar name: values weighted by samples. */
  sums: z.strictObject({ samples: number, values: z.record(z.string(), number) }),
  /** The monitored measure at the ends of past epochs; lower is better. */
  history: z.array(number),
  /** The best epoch so far and the epochs without improvement since. */
  best: z.strictObject({ summary, value: number }).nullable(),
  /** The value that an epoch must beat by the minimum improvement to keep early stopping away; null before the first. */
  reference: number.nullable(),
  epochsWithoutImprovement: z.int().min(0),
  /** Of training, over all sessions of the run. */
  seconds: number,
  epochSeconds: number,
});
export type PolicyState = z.output<typeof policyStateSchema>;

export function initialPolicyState(run: string): PolicyState {
  return {
    version: 1,
    run,
    epoch: 0,
    position: 0,
    step: 0,
    sums: { samples: 0, values: {} },
    history: [],
    best: null,
    reference: null,
    epochsWithoutImprovement: 0,
    seconds: 0,
    epochSeconds: 0,
  };
}

const key = 'netloom.policy';

/** JSON has no NaN and no infinities, which sums and measures may be. */
export function policyToMetadata(state: PolicyState): Record<string, string> {
  const text = JSON.stringify(state, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
  return { [key]: text };
}

/** Null where the metadata hold no state of this version. */
export function policyFromMetadata(metadata: Readonly<Record<string, string>>): PolicyState | null {
  try {
    const value: unknown = JSON.parse(metadata[key] ?? 'null', (_, item: unknown) =>
      typeof item === 'object' && item !== null && 'number' in item ? Number(item.number) : item,
    );
    return policyStateSchema.parse(value);
  } catch {
    return null;
  }
}
