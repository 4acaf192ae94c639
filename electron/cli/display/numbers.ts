/** Numbers for people: short, aligned, and never a false precision. JSON output does not pass here. */

/** Four significant digits; very small and very large ones with an exponent. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2);
  return value.toPrecision(4);
}

/** The same without trailing zeros, for numbers that stand still: 0.001, 62.5. */
export function formatShort(value: number | null | undefined): string {
  const text = formatNumber(value);
  return text.includes('.') ? text.replace(/\.?0+(?=$|e)/, '') : text;
}

/** 0.9633 -> "96.3 %". */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return `${(value * 100).toFixed(1)} %`;
}

/** 669706 -> "669,706". */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** Seconds as "0:41", "12:05" or "3:07:09". */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  const pad = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/** A time that was spent: "0.61 s" below a minute, then as a clock shows it. */
export function formatSpent(seconds: number): string {
  return seconds < 59.95 ? `${seconds < 10 ? seconds.toPrecision(2) : seconds.toFixed(1)} s` : formatDuration(seconds);
}

/** Steps a second, without digits that change faster than they can be read: 7.3, 62, 4,821. */
export function formatRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate));
}

/** Bytes in powers of 1024: "1.5 MiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${bytes} B` : `${size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}

/** A measure by its name: accuracies as a percentage, everything else as a number. */
export function formatMeasure(name: string, value: number | null | undefined): string {
  return isShare(name) ? formatPercent(value) : formatNumber(value);
}

/** Measures that are shares of samples: accuracy, top-k accuracy, precision, recall. An output's name says nothing. */
function isShare(name: string): boolean {
  return /accuracy|topK|top\d|precision|recall|f1/i.test(name.slice(name.lastIndexOf('/') + 1));
}

/** An ISO time as the clock on the wall shows it: "2026-11-21 04:48". What is no time stays as it is. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
