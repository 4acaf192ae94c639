/** Counts and sizes for people: 61,706 and 1.23 M, 3.4 MiB. */

/** Whole below a hundred thousand, then three digits and a thousand's sign. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) < 1e5) return Math.round(value).toLocaleString('en');
  return scaled(value, 1000, ['k', 'M', 'G', 'T', 'P']);
}

/** In powers of 1024. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  return scaled(bytes, 1024, ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

function scaled(value: number, by: number, units: readonly string[]): string {
  let size = value / by;
  let at = 0;
  // 999.6 would be written as 1000.
  while (Math.abs(size) >= by - 0.5 && at < units.length - 1) {
    size /= by;
    at += 1;
  }
  const digits = Math.abs(size) >= 100 ? 0 : Math.abs(size) >= 10 ? 1 : 2;
  return `${size.toFixed(digits)} ${units[at] ?? ''}`;
}
