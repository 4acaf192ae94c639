/** Counts and sizes as people read them. */
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount } from '../../../renderer/i18n/amounts';

describe('counts', () => {
  it('are whole while they are small, then three digits', () => {
    expect([0, 999, 61_706, 99_999].map(formatCount)).toEqual(['0', '999', '61,706', '99,999']);
    expect([764_321, 999_600, 1_234_567, 25_600_000, 4.1e9].map(formatCount)).toEqual([
      '764 k',
      '1.00 M',
      '1.23 M',
      '25.6 M',
      '4.10 G',
    ]);
  });
});

describe('sizes', () => {
  it('are in powers of 1024', () => {
    expect([12, 1024, 2_684_355, 3 * 2 ** 30].map(formatBytes)).toEqual(['12 B', '1.00 KiB', '2.56 MiB', '3.00 GiB']);
  });
});
