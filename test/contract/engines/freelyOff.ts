/** Whether losses that an engine came to by itself are those of another, as far as rounding lets anybody tell. */

/** Losses are reported in float32. */
const rounding = 2e-6;

/**
 * `free`: the same losses as one engine finds them each time with other kernels. This far it is off itself: the widest so
 * far, for what is off stays so; three times that is allowed.
 */
export function freelyOff(
  name: string,
  { free }: { free: readonly ArrayLike<number>[] },
  losses: readonly number[],
): string[] {
  let spread = 0;
  return losses.flatMap((loss, step) => {
    const own = free.map((each) => each[step] ?? NaN);
    const [least, most] = [Math.min(...own), Math.max(...own)];
    spread = Math.max(spread, most - least, rounding * Math.max(1, most));
    const off = Math.max(least - loss, loss - most);
    return off <= 3 * spread ? [] : [`${name}, step ${step}: the loss is ${loss}, ${off / spread} spreads off`];
  });
}
