/** A curve that grows: minimum, maximum and mean of any stretch in time that the pixels cost, not the points. */
import { createLevel, get, joined, push, pushJoined, put, smallest, type Level, type Node } from './pyramidLevel';

/** Stretches of points, in order. A mean of NaN: nothing in it was a number. */
export interface Buckets {
  /** Places of the first and the last point of each. */
  first: Float64Array;
  last: Float64Array;
  minimum: Float32Array;
  maximum: Float32Array;
  mean: Float32Array;
  /** 1 where a point was not a finite number. */
  broken: Uint8Array;
  /** Nodes looked at to find them. */
  visited: number;
}

interface Stretch {
  minimum: number;
  maximum: number;
  mean: number;
  weight: number;
}

export interface MinMaxPyramid {
  length: () => number;
  /** `x` never goes back. */
  append: (x: number, value: number) => void;
  /** A stretch of `weight` points of which only this is known. */
  appendStretch: (x: number, stretch: Stretch) => void;
  /** Forgets what lies at `x` and after. */
  cut: (x: number) => void;
  /** All points from `from` to `to`, as at most `most` stretches, each with the same number of points. */
  query: (from: number, to: number, most: number) => Buckets;
  /** Place of the last point; null: there is none. */
  end: () => number | null;
  /** Mean of the point at `x` or, where none is there, of the last before it. */
  valueAt: (x: number) => number | null;
}

/** `most`: when it holds so many points, neighbours are joined two by two, so that it never grows beyond. */
export function createMinMaxPyramid(most = Infinity): MinMaxPyramid {
  return new Pyramid(most);
}

/**
 * How many points a stretch has: four to seven nodes of one level, so that there are never fewer than about four fifths
 * as many stretches as could be, and drawing costs the same whatever the number of points.
 */
function stretchWidth(start: number, end: number, most: number): { depth: number; nodes: number } {
  let depth = 0;
  let nodes = 1;
  const count = (width: number): number => Math.ceil(end / width) - Math.floor(start / width);
  while (count(nodes * 2 ** depth) > most) {
    nodes += 1;
    if (nodes === 8) [depth, nodes] = [depth + 1, 4];
  }
  return { depth, nodes };
}

class Pyramid implements MinMaxPyramid {
  readonly #most: number;
  #places = new Float64Array(smallest);
  #leaves = createLevel(smallest);
  #levels: Level[] = [this.#leaves];

  constructor(most: number) {
    this.#most = most;
  }

  length(): number {
    return this.#leaves.length;
  }

  append(x: number, value: number): void {
    const isFinite = Number.isFinite(value);
    const shown = isFinite ? value : NaN;
    this.#add(x, { minimum: shown, maximum: shown, mean: shown, finite: isFinite ? 1 : 0, broken: isFinite ? 0 : 1 });
  }

  appendStretch(x: number, { minimum, maximum, mean, weight }: Stretch): void {
    const isFinite = Number.isFinite(minimum) && Number.isFinite(maximum);
    this.#add(x, { minimum, maximum, mean, finite: isFinite ? weight : 0, broken: isFinite ? 0 : 1 });
  }

  cut(x: number): void {
    const kept = this.#indexOf(x);
    this.#levels.forEach((level, depth) => (level.length = Math.min(level.length, Math.floor(kept / 2 ** depth))));
  }

  query(from: number, to: number, most: number): Buckets {
    const start = this.#indexOf(from);
    const end = Math.max(start, this.#indexAfter(to));
    const { depth, nodes } = stretchWidth(start, end, Math.max(1, most));
    const width = nodes * 2 ** depth;
    const firstBucket = Math.floor(start / width);
    const count = end > start ? Math.ceil(end / width) - firstBucket : 0;
    const found = createLevel(count);
    const first = new Float64Array(count);
    const last = new Float64Array(count);
    let visited = 0;
    for (let bucket = 0; bucket < count; bucket += 1) {
      const from = (firstBucket + bucket) * nodes;
      const node = this.#joinedNodes(depth, from, from + nodes, () => (visited += 1));
      if (node) put(found, bucket, node);
      first[bucket] = this.#places[from * 2 ** depth] as number;
      last[bucket] = this.#places[Math.min(this.length(), (from + nodes) * 2 ** depth) - 1] as number;
    }
    const { minimum, maximum, mean, broken } = found;
    return { first, last, minimum, maximum, mean, broken, visited };
  }

  end(): number | null {
    return this.length() === 0 ? null : (this.#places[this.length() - 1] as number);
  }

  valueAt(x: number): number | null {
    const at = this.#indexAfter(x) - 1;
    return at < 0 ? null : (this.#leaves.mean[at] as number);
  }

  #add(x: number, node: Node): void {
    if (this.length() >= this.#most) this.#halve();
    const at = this.length();
    if (at === this.#places.length) {
      const wider = new Float64Array(at * 2);
      wider.set(this.#places);
      this.#places = wider;
    }
    this.#places[at] = x;
    push(this.#leaves, node);
    for (let depth = 1; ((at + 1) & ((1 << depth) - 1)) === 0; depth += 1) {
      const level = (this.#levels[depth] ??= createLevel(smallest));
      pushJoined(level, this.#levels[depth - 1] as Level);
    }
  }

  /** What were pairs become the points; a point without a neighbour stays one. */
  #halve(): void {
    const length = this.length();
    const odd = length % 2 === 1 ? get(this.#leaves, length - 1) : null;
    const oddPlace = this.#places[length - 1] as number;
    for (let at = 0; at * 2 < length; at += 1) this.#places[at] = this.#places[at * 2] as number;
    const [, leaves = createLevel(smallest), ...above] = this.#levels;
    this.#leaves = leaves;
    this.#levels = [leaves, ...above];
    if (odd) this.#add(oddPlace, odd);
  }

  #joinedNodes(depth: number, from: number, to: number, count: () => void): Node | null {
    let sum: Node | null = null;
    for (let at = from; at < to && at * 2 ** depth < this.length(); at += 1) {
      const node = this.#nodeAt(depth, at, count);
      sum = sum && node ? joined(sum, node) : node;
    }
    return sum;
  }

  /** A node that is not complete is put together from what is below it; there is at most one on each level. */
  #nodeAt(depth: number, at: number, count: () => void): Node | null {
    count();
    const level = this.#levels[depth];
    if (level && at < level.length) return get(level, at);
    if (depth === 0) return null;
    const left = this.#nodeAt(depth - 1, at * 2, count);
    if (!left || (at * 2 + 1) * 2 ** (depth - 1) >= this.length()) return left;
    const right = this.#nodeAt(depth - 1, at * 2 + 1, count);
    return right ? joined(left, right) : left;
  }

  /** The first point at `x` or after. */
  #indexOf(x: number): number {
    let low = 0;
    let high = this.length();
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] as number) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first point after `x`. */
  #indexAfter(x: number): number {
    const at = this.#indexOf(x);
    return at < this.length() && this.#places[at] === x ? at + 1 : at;
  }
}
