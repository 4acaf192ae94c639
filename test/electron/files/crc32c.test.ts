/** The checksums against published vectors (RFC 3720 B.4, and the check values of both polynomials). */
import { describe, expect, it } from 'vitest';
import { crc32, crc32c } from '../../../electron/files/crc32c';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('crc32c', () => {
  it('gives the published values', () => {
    const counting = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(counting)).toBe(0x46dd794e);
    expect(crc32c(counting.slice().reverse())).toBe(0x113fdb5c);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  it('gives the same in one piece and in pieces of any length', () => {
    const bytes = Uint8Array.from({ length: 61 }, (_, index) => (index * 89) & 0xff);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(crc32c(bytes, cut, bytes.length, crc32c(bytes, 0, cut))).toBe(crc32c(bytes));
    }
  });

  it('sees every single flipped bit', () => {
    const bytes = ascii('a record of a training run');
    const good = crc32c(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(crc32c(flipped)).not.toBe(good);
    }
  });
});

describe('crc32', () => {
  it('gives the published values', () => {
    expect(crc32(ascii('123456789'))).toBe(0xcbf43926);
    expect(crc32(ascii('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339);
  });
});
