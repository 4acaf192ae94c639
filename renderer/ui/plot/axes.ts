/** Where axes begin and end, and where their lines stand: in round steps, so that new data move the line, not the axes. */
import type { Range } from './plotTypes';

const ladder = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number that is not below `value`. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = ladder.find((step) => step * power >= value * (1 - 1e-12)) ?? 10;
  return factor * power;
}

/** About `count` steps of 1, 2, 2.5 or 5 times a power of ten. */
function stepOf(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5].find((step) => step * power >= rough * (1 - 1e-9)) ?? 10) * power;
}

/** `complete`: ends with the data; else with room to grow. */
export function spanOfX([low, high]: Range, complete: boolean): Range {
  if (complete) return high > low ? [low, high] : [low, low + 1];
  return [low, low + roundUp(Math.max(high - low, 1e-9))];
}

export function spanOfY([low, high]: Range, log: boolean): Range {
  if (log) return logSpan(low, high);
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Of what differs in the last digits only, no axis can tell the difference.
  const span = high - low > size * 1e-9 && size > 1e-300 ? high - low : size > 1e-300 ? size : 1;
  const step = stepOf(span, 4);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  return to > from ? [from, to] : [from - step, to + step];
}

/** Whole decades; where less than one is spanned, at 1, 2 and 5. */
function logSpan(low: number, high: number): Range {
  if (!(low > 0) || !(high > 0)) return [1e-3, 1];
  const down = Math.floor(Math.log10(low) + 1e-9);
  const up = Math.ceil(Math.log10(high) - 1e-9);
  if (up - down > 1) return [10 ** down, 10 ** up];
  const marks = [1, 2, 5, 10, 20, 50, 100].map((step) => step * 10 ** down);
  const from = [...marks].reverse().find((mark) => mark <= low * (1 + 1e-9)) ?? 10 ** down;
  const to = marks.find((mark) => mark >= high * (1 - 1e-9) && mark > from) ?? 10 ** up;
  return [from, to];
}

/** At most about `count` places within the range. */
export function ticksOf([low, high]: Range, count: number, log: boolean): number[] {
  if (log) return logTicks(low, high, count);
  if (!(high > low)) return [low];
  const step = stepOf(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

function logTicks(low: number, high: number, count: number): number[] {
  const down = Math.ceil(Math.log10(low) - 1e-9);
  const up = Math.floor(Math.log10(high) + 1e-9);
  if (up - down >= 1) {
    const every = Math.max(1, Math.ceil((up - down) / count));
    return Array.from({ length: Math.floor((up - down) / every) + 1 }, (_, at) => 10 ** (down + at * every));
  }
  const fine = [down - 1, down].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
  const within = fine.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  return within.length > 1 ? within : [low, high];
}

/** Moves labels apart so that none covers another, as little as can be, in the order in which they stand. */
export function spreadLabels(places: readonly number[], gap: number, [low, high]: Range): number[] {
  const order = places.map((_, at) => at).sort((a, b) => (places[a] as number) - (places[b] as number));
  const moved = [...places];
  let below = -Infinity;
  for (const at of order) {
    below = Math.max(moved[at] as number, below + gap, low);
    moved[at] = below;
  }
  let above = Infinity;
  for (const at of order.reverse()) {
    above = Math.min(moved[at] as number, above - gap, high);
    moved[at] = above;
  }
  return moved;
}
