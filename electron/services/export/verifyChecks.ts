/** How near is near enough: each check measures two tensors by its bound, and keeps the worst it has seen. */
import type { Values } from '../../../shared/ir/emit/transform';

/** Equal within |a - b| <= absolute + relative * max|b|. */
export interface Bound {
  absolute: number;
  relative: number;
}

export const outputBound: Bound = { absolute: 1e-5, relative: 1e-4 };
export const lossBound: Bound = { absolute: 1e-5, relative: 1e-4 };
export const statisticBound: Bound = { absolute: 1e-5, relative: 1e-4 };
/** Of a weight's change in one step of the optimizer, given the same gradient; besides it, rounding of the weight. */
export const updateBound = { relative: 1e-3, rounding: 2e-6 };
/** Of ||a - b|| / (||b|| + floor * ||all gradients||), on all but one of the batches. */
export const gradientBound = { relative: 1e-3, floor: 1e-2 };
export const spreadBound = 0.05;

export type CheckKind =
  | 'names'
  | 'weights'
  | 'data'
  | 'outputs'
  | 'loss'
  | 'gradients'
  | 'update'
  | 'statistics'
  | 'optimizer state'
  | 'first values';

/** The node's path, the target's name of a tensor, and which batch. */
export interface Where {
  node: string | null;
  tensor: string | null;
  batch?: number;
}

/** `ratio`: the difference as a part of what is allowed; above 1 it is too large. */
export interface Difference extends Where {
  ratio: number;
  difference: number;
  allowed: number;
  /** For what is not a number: what differs, as a phrase. */
  what?: string;
}

export interface Check {
  kind: CheckKind;
  ok: boolean;
  compared: number;
  worst: Difference | null;
  /** Those that are too large, the worst first, at most a few. */
  failed: readonly Difference[];
  /** What could not be compared and why. */
  notes: readonly string[];
}

export function checkOf(kind: CheckKind, differences: readonly Difference[], notes: readonly string[] = []): Check {
  const sorted = [...differences].sort((a, b) => b.ratio - a.ratio);
  const failed = sorted.filter(({ ratio }) => !(ratio <= 1));
  return {
    kind,
    ok: failed.length === 0,
    compared: sorted.length,
    worst: sorted[0] ?? null,
    failed: failed.slice(0, 8),
    notes,
  };
}

/** The largest difference of two tensors of one shape. */
export function within(theirs: Values, ours: Values, { absolute, relative }: Bound, where: Where): Difference {
  let largest = 0;
  let size = 0;
  for (let at = 0; at < ours.data.length; at += 1) {
    const expected = ours.data[at] as number;
    const off = Math.abs((theirs.data[at] as number) - expected);
    // Not a number is never near.
    if (!(off <= largest)) largest = Number.isNaN(off) ? Infinity : off;
    size = Math.max(size, Math.abs(expected));
  }
  return measured(largest, absolute + relative * size, where);
}

export function measured(difference: number, allowed: number, where: Where): Difference {
  return { ...where, difference, allowed, ratio: difference === 0 ? 0 : difference / allowed };
}

/** What cannot be measured: a name that is missing, another shape. */
export function wrong(what: string, where: Where): Difference {
  return { ...where, what, difference: Infinity, allowed: 0, ratio: Infinity };
}

export function norm({ data }: Pick<Values, 'data'>): number {
  let sum = 0;
  for (const value of data) sum += value * value;
  return Math.sqrt(sum);
}

export function normOfDifference(a: Values, b: Values): number {
  let sum = 0;
  for (let at = 0; at < b.data.length; at += 1) sum += ((a.data[at] as number) - (b.data[at] as number)) ** 2;
  return Number.isNaN(sum) ? Infinity : Math.sqrt(sum);
}
