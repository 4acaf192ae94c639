/** A number moved by steps: by the arrow keys, or by dragging its label. */
import type { Param } from '../../shared/ir/params';

type AnyParam = Pick<Param<unknown>, 'kind' | 'form' | 'parse'>;

/** Whether a field of this kind can be moved by steps. */
export function hasSteps(param: AnyParam): boolean {
  return param.kind === 'number' || param.kind === 'integer' || param.kind === 'size2d';
}

/**
 * Whole numbers go by ones; numbers that must be above zero (rates, epsilons) by a twentieth of a decade; others by a
 * hundredth. Where the bound is reached the nearest value that is accepted stays.
 */
export function stepped(param: AnyParam, value: unknown, steps: number): unknown {
  if (Array.isArray(value))
    return value.map((part) => stepped({ ...param, parse: (one) => ({ value: one }) }, part, steps));
  if (typeof value !== 'number' || !Number.isFinite(value) || steps === 0) return value;
  const bound = (name: string, fallback: number): number =>
    typeof param.form[name] === 'number' ? param.form[name] : fallback;
  const moved = Math.min(Math.max(move(param, value, steps), bound('min', -Infinity)), bound('max', Infinity));
  return 'value' in param.parse(moved) ? moved : value;
}

function move(param: AnyParam, value: number, steps: number): number {
  if (param.kind !== 'number') return Math.round(value) + Math.trunc(steps);
  if (param.form['above'] === 0 && value > 0) {
    const moved = rounded(value * 10 ** (steps / 20), 2);
    // Rounding must not hold a small step back.
    return moved === value ? rounded(value * (1 + Math.sign(steps) * 0.06), 2) : moved;
  }
  return Number((value + steps * 0.01).toFixed(6));
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
