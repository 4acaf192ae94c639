/** How far one tensor is from another, by norms. */

/** ||a - b|| / (||b|| + floor); a number that is not finite is infinitely far. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-6): number {
  let difference = 0;
  let size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += ((a[at] ?? NaN) - (b[at] ?? NaN)) ** 2;
    size += (b[at] ?? NaN) ** 2;
  }
  const relative = Math.sqrt(difference) / (Math.sqrt(size) + floor);
  return a.length === b.length && Number.isFinite(relative) ? relative : Infinity;
}
