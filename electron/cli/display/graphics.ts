/** Small pictures made of characters: sparklines, horizontal bars and progress. */

const levels = '▁▂▃▄▅▆▇█';
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * The curve in `width` cells: each cell shows the mean of its share of the values, scaled between the smallest and the
 * largest (of `scale` too, where curves are to be compared); a share with a value that is not finite shows "×".
 */
export function sparkline(values: readonly number[], width: number, scale: readonly (number | null)[] = []): string {
  const count = Math.min(width, values.length);
  if (count <= 0) return '';
  const cells = Array.from({ length: count }, (_, cell) => {
    const from = Math.floor((cell * values.length) / count);
    const to = Math.max(from + 1, Math.floor(((cell + 1) * values.length) / count));
    const share = values.slice(from, to);
    return share.reduce((sum, value) => sum + value, 0) / share.length;
  });
  const finite = [...cells, ...scale].filter((value): value is number => Number.isFinite(value));
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const range = finite.reduce((most, value) => Math.max(most, value), -Infinity) - low;
  const level = (value: number): string => {
    if (!Number.isFinite(value)) return '×';
    const height = range > 0 ? Math.round(((value - low) / range) * (levels.length - 1)) : 0;
    return levels[height] ?? '▁';
  };
  return cells.map(level).join('');
}

/** A bar of `share` (0 to 1) of `width` cells, to an eighth of a cell. */
export function bar(share: number, width: number): string {
  const units = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  return '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '');
}

/** Progress in `width` cells: done part heavy, rest light. */
export function progressBar(share: number, width: number): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '━'.repeat(done) + '─'.repeat(width - done);
}

/** Where a magnitude lies between two powers of ten on a log scale, 0 to 1; null where it is zero or not a number. */
export function logShare(value: number, lowest: number, highest: number): number | null {
  if (!(value > 0) || !Number.isFinite(value)) return null;
  return Math.min(1, Math.max(0, (Math.log10(value) - lowest) / (highest - lowest)));
}
