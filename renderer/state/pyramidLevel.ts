/** One level of a pyramid: columns of nodes, each the sum of two below, in arrays that double as they fill. */

export interface Level {
  minimum: Float32Array;
  maximum: Float32Array;
  mean: Float32Array;
  /** Points that were finite, and whether any was not. */
  finite: Float64Array;
  broken: Uint8Array;
  length: number;
}

export interface Node {
  minimum: number;
  maximum: number;
  mean: number;
  finite: number;
  broken: number;
}

export const smallest = 64;

export function createLevel(capacity: number): Level {
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

export function push(level: Level, node: Node): void {
  if (level.length === level.minimum.length) grow(level);
  put(level, level.length, node);
  level.length += 1;
}

export function put(level: Level, at: number, { minimum, maximum, mean, finite, broken }: Node): void {
  level.minimum[at] = minimum;
  level.maximum[at] = maximum;
  level.mean[at] = mean;
  level.finite[at] = finite;
  level.broken[at] = broken;
}

export function get(level: Level, at: number): Node {
  return {
    minimum: level.minimum[at] as number,
    maximum: level.maximum[at] as number,
    mean: level.mean[at] as number,
    finite: level.finite[at] as number,
    broken: level.broken[at] as number,
  };
}

/** The last two of the level below; written out, because it runs for every point that is measured. */
export function pushJoined(level: Level, { minimum, maximum, mean, finite, broken, length }: Level): void {
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

export function joined(a: Node, b: Node): Node {
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
