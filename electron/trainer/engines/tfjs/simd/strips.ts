/** Columns of a row-major table, cut into strips that a loop keeps in registers. */

export interface Strip {
  readonly start: number;
  readonly size: number;
}

/** Covers `count` with the largest sizes that fit, in order; sizes fall and end with 1. */
export function cutIntoStrips(count: number, sizes: readonly number[]): Strip[] {
  const strips: Strip[] = [];
  for (let start = 0; start < count; start += strips[strips.length - 1]!.size) {
    strips.push({ start, size: sizes.find((size) => size <= count - start)! });
  }
  return strips;
}
