/** Numbers as a person reads them in a list of runs. */
import { describe, expect, it } from 'vitest';
import {
  formatDelta,
  formatDuration,
  formatMeasure,
  formatNumber,
  formatShort,
  formatWhen,
} from '../../../renderer/i18n/numbers';

describe('numbers', () => {
  it('have four digits, an exponent where they are tiny or huge, and a name where they are no number', () => {
    expect([0.123456, 12.3456, -0.5, 0, 0.00012, 2.5e7].map(formatNumber)).toEqual([
      '0.1235',
      '12.35',
      '−0.5000',
      '0',
      '1.20e−4',
      '2.50e+7',
    ]);
    expect([NaN, Infinity, -Infinity, null].map(formatNumber)).toEqual(['NaN', '∞', '−∞', '–']);
  });

  it('are percentages where they are shares of samples, whatever the output is called', () => {
    expect(formatMeasure('accuracy', 0.98667)).toBe('98.7 %');
    expect(formatMeasure('digit/topK', 0.5)).toBe('50.0 %');
    expect(formatMeasure('accuracyHead/loss', 0.5)).toBe('0.5000');
    expect(formatMeasure('accuracy', NaN)).toBe('NaN');
  });

  it('lose the zeros that say nothing where they stand beside an axis', () => {
    expect([6, 0.25, 0.0384, 100, 0].map((value) => formatShort('loss', value))).toEqual([
      '6',
      '0.25',
      '0.0384',
      '100',
      '0',
    ]);
    expect([1, 0.755, 0.5].map((value) => formatShort('accuracy', value))).toEqual(['100 %', '75.5 %', '50 %']);
    expect([1e-7, 2.5e9, NaN].map((value) => formatShort('loss', value))).toEqual(['1e−7', '2.5e+9', 'NaN']);
  });

  it('carry a sign as differences, and none where they are equal as far as they are shown', () => {
    expect(formatDelta('accuracy', 0.012)).toBe('+1.2 pp');
    expect(formatDelta('accuracy', -0.012)).toBe('−1.2 pp');
    expect(formatDelta('accuracy', 0.0001)).toBe('±0.0 pp');
    expect(formatDelta('loss', -0.034)).toBe('−0.03400');
    expect(formatDelta('loss', 0)).toBe('±0');
  });
});

describe('times', () => {
  it('spent are seconds, then a clock', () => {
    expect([0.61, 42.4, 59.96, 725, 11229].map(formatDuration)).toEqual(['0.6 s', '42 s', '1:00', '12:05', '3:07:09']);
  });

  it('of day are as short as they can be told apart from now', () => {
    const now = new Date(2026, 10, 21, 18, 0);
    const at = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();
    expect(formatWhen(at(2026, 10, 21, 9, 5), 'en', now)).toBe('09:05');
    expect(formatWhen(at(2026, 10, 20, 9, 5), 'en', now)).toBe('Nov 20, 09:05');
    expect(formatWhen(at(2025, 10, 20, 9, 5), 'en', now)).toBe('Nov 20, 2025');
    expect(formatWhen(at(2026, 10, 20, 9, 5), 'zh-CN', now)).toContain('11月20日');
    expect(formatWhen(at(2026, 10, 20, 0, 5), 'en', now)).toBe('Nov 20, 00:05');
    expect(formatWhen('2026-11-19', 'en', now)).toBe('Nov 19');
    expect(formatWhen('damaged', 'en', now)).toBe('damaged');
  });
});
