/** Points of a sparkline on a log scale, the newest at the right; what has no logarithm leaves a gap at the bottom. */
export function sparklinePoints(values: readonly number[], left: number, width: number, height: number): string {
  const logs = values.map((value) => (value > 0 && Number.isFinite(value) ? Math.log10(value) : null));
  const known = logs.flatMap((value) => (value === null ? [] : [value]));
  if (known.length === 0) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  // Less than one decade is drawn as what it is: nearly flat.
  const range = Math.max(1, high - low);
  const middle = (low + high) / 2;
  const x = (at: number): number => left + width - (width * (values.length - 1 - at)) / Math.max(31, values.length - 1);
  const y = (value: number | null): number =>
    value === null ? height - 1 : height / 2 - ((value - middle) / range) * (height - 2);
  return logs.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
}
