/** The picture of a heat map, pixel by pixel. */
import { describe, expect, it } from 'vitest';
import { cividis } from '../../../../renderer/ui/plot/cividis';
import { heatPixels, heatValueAt, type HeatContent } from '../../../../renderer/ui/plot/heatPixels';

const content: HeatContent = {
  rows: [
    { id: 'a', name: 'a' },
    { id: 'b', name: 'b' },
  ],
  starts: Float64Array.of(0, 2),
  end: 4,
  values: Float32Array.of(1e-4, 1, 0, NaN),
  range: [1e-4, 1],
  complete: true,
};

function pixel(pixels: Uint8ClampedArray, width: number, row: number, column: number): number[] {
  return [...pixels.subarray((row * width + column) * 4, (row * width + column) * 4 + 4)];
}

describe('a heat map', () => {
  const pixels = heatPixels(content, [0, 5], 5);

  it('is dark where little, light where much was measured, on a log scale', () => {
    expect(pixel(pixels, 5, 0, 0)).toEqual([0, 34, 78, 255]);
    expect(pixel(pixels, 5, 0, 3)).toEqual([254, 232, 56, 255]);
    const upper = heatPixels({ ...content, values: Float32Array.of(0.1, 1, 0, NaN) }, [0, 5], 5);
    expect(pixel(upper, 5, 0, 0).slice(0, 3)).toEqual([...cividis.subarray(191 * 3, 192 * 3)]);
  });

  it('tells zero from small, not finite from large, and unmeasured from both', () => {
    expect(pixel(pixels, 5, 1, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(pixels, 5, 1, 3)[3]).toBe(0);
    const broken = heatPixels({ ...content, values: Float32Array.of(Infinity, 1, 0, NaN) }, [0, 5], 5);
    expect(pixel(broken, 5, 0, 0)).toEqual([213, 46, 32, 255]);
  });

  it('is empty after the last step', () => {
    expect(pixel(pixels, 5, 0, 4)[3]).toBe(0);
  });

  it('says the value of a place', () => {
    expect(heatValueAt(content, 0, 3)).toBe(1);
    expect(heatValueAt(content, 1, 1)).toBe(0);
    expect(heatValueAt(content, 1, 3)).toBeNull();
    expect(heatValueAt(content, 0, 9)).toBeNull();
  });

  it('grows lighter all the way, so that it reads without colours', () => {
    const lightness = Array.from({ length: 256 }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = cividis.subarray(at * 3, at * 3 + 3);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    lightness.slice(1).forEach((value, at) => expect(value).toBeGreaterThanOrEqual(lightness[at] as number));
  });
});
