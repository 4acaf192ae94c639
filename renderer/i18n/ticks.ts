/** Numbers on axes and at the ends of lines: no digit more than is needed. */
import { formatMeasure, formatNumber } from './numbers';

/** Shares of samples as percentages. */
export function formatTickOf(measure: string): (value: number) => string {
  const isShare = formatMeasure(measure, 0.5).endsWith('%');
  return (value) => (isShare ? `${Number((value * 100).toPrecision(3))} %` : formatTick(value));
}

export function formatTick(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  const text = size > 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replace('.0e', 'e').replace('e+', 'e').replace(/-/g, '−');
}
