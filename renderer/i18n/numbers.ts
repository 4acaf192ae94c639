/** Numbers for people: short, aligned, never a false precision. */
import type { Language } from './language';

/** Four significant digits; very small and very large ones with an exponent. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e6 ? value.toExponential(2) : value.toPrecision(4);
  return text.replace('-', '−');
}

/** 0.9633 -> "96.3 %". */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return formatNumber(value);
  return `${(value * 100).toFixed(1)} %`;
}

/** Accuracies and other shares of samples as a percentage, everything else as a number. */
export function formatMeasure(name: string, value: number | null | undefined): string {
  return isShare(name) ? formatPercent(value) : formatNumber(value);
}

/** The same without zeros that say nothing: "6", "0.25", "75 %". */
export function formatShort(name: string, value: number): string {
  return formatMeasure(name, value)
    .replace(/(\.\d*?)0+(?= %$|e|$)/, '$1')
    .replace(/\.(?= %$|e|$)/, '');
}

/** With its sign, in the measure's unit: "+1.2 pp", "−0.034". */
export function formatDelta(name: string, delta: number): string {
  const size = Math.abs(delta);
  const text = isShare(name) ? `${(size * 100).toFixed(1)} pp` : formatNumber(size);
  if (Number.isNaN(delta) || /^[0.]+( pp)?$/.test(text)) return `±${isShare(name) ? '0.0 pp' : '0'}`;
  return `${delta < 0 ? '−' : '+'}${text}`;
}

/** A time that was spent: "0.61 s" below a minute, then as a clock shows it: "12:05", "3:07:09". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 59.95) return `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`;
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The clock for today, day and clock for this year, else the date. What is no time stays as it is. */
export function formatWhen(iso: string, language: Language, now: Date = new Date()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
  const dayAlone = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  if (dayAlone && time.getFullYear() === now.getFullYear()) return time.toLocaleDateString(language, day);
  if (!dayAlone && time.toDateString() === now.toDateString()) return time.toLocaleTimeString(language, clock);
  if (time.getFullYear() === now.getFullYear()) return time.toLocaleString(language, { ...day, ...clock });
  return time.toLocaleDateString(language, { ...day, year: 'numeric' });
}

function isShare(name: string): boolean {
  return /accuracy|topK|top\d|precision|recall|f1/i.test(name.slice(name.lastIndexOf('/') + 1));
}
