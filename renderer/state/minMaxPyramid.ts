/** A curve that grows: minimum, maximum and mean of any stretch in time that the pixels cost, not the points. */

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

export interface MinMaxPyramid {
  length: () => number;
  /** `x` never goes back. */
  append: (x: number, value: number) => void;
  /** A stretch of `weight` points of which only this is known. */
  appendStretch: (x: number, stretch: { minimum: number; maximum: number; mean: number; weight: number }) => void;
  /** Forgets what lies at `x` and after. */
  cut: (x: number) => void;
  /** All points from `from` to `to`, as at most `most` stretches, each with the same number of points. */
  query: (from: number, to: number, most: number) => Buckets;
  /** Place of the last point; null: there is none. */
  end: () => number | null;
  /** Mean of the point at `x` or, where none is there, of the last before it. */
  valueAt: (x: number) => number | null;
}

interface Level {
  minimum: Float32Array;
  maximum: Float32Array;
  mean: Float32Array;
  /** Points that were finite, and whether any was not. */
  finite: Float64Array;
  broken: Uint8Array;
  length: number;
}

interface Node {
  minimum: number;
  maximum: number;
  mean: number;
  finite: number;
  broken: number;
}

const smallest = 64;

function createLevel(capacity: number): Level {
  return {
    minimum: new Float32Array(capacity),
    maximum: new Float32Array(capacity),
    mean: new Float32Array(capacity),
    finite: new Float64Array(capacity),
    broken: new Uint8Array(capacity),
    length: 0,
  };
}

function grow(level: Level): void {
  const wider = createLevel(Math.max(smallest, level.length * 2));
  for (const name of ['minimum', 'maximum', 'mean', 'finite', 'broken'] as const) {
    wider[name].set(level[name]);
    Object.assign(level, { [name]: wider[name] });
  }
}

function push(level: Level, node: Node): void {
  if (level.length === level.minimum.length) grow(level);
  put(level, level.length, node);
  level.length += 1;
}

function put(level: Level, at: number, { minimum, maximum, mean, finite, broken }: Node): void {
  level.minimum[at] = minimum;
  level.maximum[at] = maximum;
  level.mean[at] = mean;
  level.finite[at] = finite;
  level.broken[at] = broken;
}

function get(level: Level, at: number): Node {
  return {
    minimum: level.minimum[at] as number,
    maximum: level.maximum[at] as number,
    mean: level.mean[at] as number,
    finite: level.finite[at] as number,
    broken: level.broken[at] as number,
  };
}

/** The last two of the level below; written out, because it runs for every point that is measured. */
function pushJoined(level: Level, { minimum, maximum, mean, finite, broken, length }: Level): void {
  if (level.length === level.minimum.length) grow(level);
  const at = level.length;
  const [left, right] = [length - 2, length - 1];
  const [leftCount, rightCount] = [finite[left] as number, finite[right] as number];
  const one = rightCount === 0 ? left : right;
  const both = leftCount > 0 && rightCount > 0;
  const [a, b] = [mean[left] as number, mean[right] as number];
  level.minimum[at] = both ? Math.min(minimum[left] as number, minimum[right] as number) : (minimum[one] as number);
  level.maximum[at] = both ? Math.max(maximum[left] as number, maximum[right] as number) : (maximum[one] as number);
  level.mean[at] = both ? a + (b - a) * (rightCount / (leftCount + rightCount)) : (mean[one] as number);
  level.finite[at] = leftCount + rightCount;
  level.broken[at] = (broken[left] as number) | (broken[right] as number);
  level.length += 1;
}

function joined(a: Node, b: Node): Node {
  const broken = a.broken | b.broken;
  if (b.finite === 0) return { ...a, broken };
  if (a.finite === 0) return { ...b, broken };
  const finite = a.finite + b.finite;
  return {
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
    mean: a.mean + (b.mean - a.mean) * (b.finite / finite),
    finite,
    broken,
  };
}

/** `most`: when it holds so many points, neighbours are joined two by two, so that it never grows beyond. */
export function createMinMaxPyramid(most = Infinity): MinMaxPyramid {
  let places = new Float64Array(smallest);
  let levels: Level[] = [createLevel(smallest)];
  const leaves = (): Level => levels[0] as Level;

  const add = (x: number, node: Node): void => {
    if (leaves().length >= most) halve();
    const at = leaves().length;
    if (at === places.length) {
      const wider = new Float64Array(at * 2);
      wider.set(places);
      places = wider;
    }
    places[at] = x;
    push(leaves(), node);
    for (let depth = 1; ((at + 1) & ((1 << depth) - 1)) === 0; depth += 1) {
      const level = (levels[depth] ??= createLevel(smallest));
      const below = levels[depth - 1] as Level;
      pushJoined(level, below);
    }
  };

  const halve = (): void => {
    const { length } = leaves();
    const odd = length % 2 === 1 ? get(leaves(), length - 1) : null;
    const oddPlace = places[length - 1] as number;
    for (let at = 0; at * 2 < length; at += 1) places[at] = places[at * 2] as number;
    levels = levels.slice(1);
    if (levels.length === 0) levels = [createLevel(smallest)];
    if (odd) add(oddPlace, odd);
  };

  /** A node that is not complete is put together from what is below it; there is at most one on each level. */
  const nodeAt = (depth: number, at: number, count: () => void): Node | null => {
    count();
    const level = levels[depth];
    if (level && at < level.length) return get(level, at);
    if (depth === 0) return null;
    const left = nodeAt(depth - 1, at * 2, count);
    if (!left || (at * 2 + 1) * 2 ** (depth - 1) >= leaves().length) return left;
    const right = nodeAt(depth - 1, at * 2 + 1, count);
    return right ? joined(left, right) : left;
  };

  /** The first point at `x` or after. */
  const indexOf = (x: number): number => {
    let low = 0;
    let high = leaves().length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] as number) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    length: () => leaves().length,
    append: (x, value) => {
      const isFinite = Number.isFinite(value);
      const shown = isFinite ? value : NaN;
      add(x, { minimum: shown, maximum: shown, mean: shown, finite: isFinite ? 1 : 0, broken: isFinite ? 0 : 1 });
    },
    appendStretch: (x, { minimum, maximum, mean, weight }) => {
      const isFinite = Number.isFinite(minimum) && Number.isFinite(maximum);
      add(x, { minimum, maximum, mean, finite: isFinite ? weight : 0, broken: isFinite ? 0 : 1 });
    },
    cut: (x) => {
      const kept = indexOf(x);
      levels.forEach((level, depth) => (level.length = Math.min(level.length, Math.floor(kept / 2 ** depth))));
    },
    query: (from, to, mostBuckets) => {
      const start = indexOf(from);
      const end = Math.max(start, indexOf(to) + (places[indexOf(to)] === to && indexOf(to) < leaves().length ? 1 : 0));
      let depth = 0;
      while (Math.ceil(end / 2 ** depth) - Math.floor(start / 2 ** depth) > Math.max(1, mostBuckets)) depth += 1;
      const width = 2 ** depth;
      const firstNode = Math.floor(start / width);
      const count = end > start ? Math.ceil(end / width) - firstNode : 0;
      const found = createLevel(count);
      const first = new Float64Array(count);
      const last = new Float64Array(count);
      let visited = 0;
      for (let bucket = 0; bucket < count; bucket += 1) {
        const node = nodeAt(depth, firstNode + bucket, () => (visited += 1));
        if (node) put(found, bucket, node);
        first[bucket] = places[(firstNode + bucket) * width] as number;
        last[bucket] = places[Math.min(leaves().length, (firstNode + bucket + 1) * width) - 1] as number;
      }
      const { minimum, maximum, mean, broken } = found;
      return { first, last, minimum, maximum, mean, broken, visited };
    },
    end: () => (leaves().length === 0 ? null : (places[leaves().length - 1] as number)),
    valueAt: (x) => {
      const at = indexOf(x);
      const here = at < leaves().length && places[at] === x ? at : at - 1;
      return here < 0 ? null : (leaves().mean[here] as number);
    },
  };
}
