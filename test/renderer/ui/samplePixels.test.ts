/** A sample drawn: what is dark in the data is dark on the screen, colours keep their channels, nothing is guessed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImageShape, samplePixels } from '../../../renderer/ui/samplePixels';

const pixelsOf = (data: Uint8ClampedArray): number[][] =>
  Array.from({ length: data.length / 4 }, (_, at) => [...data.slice(at * 4, at * 4 + 4)]);

describe('the pixels of a sample', () => {
  it('stretches a grey image from its darkest to its brightest value', () => {
    const { width, height, data } = samplePixels(Float32Array.of(0, 8, 16, 4), [2, 2, 1]);
    expect([width, height]).toEqual([2, 2]);
    expect(pixelsOf(data)).toEqual([
      [0, 0, 0, 255],
      [128, 128, 128, 255],
      [255, 255, 255, 255],
      [64, 64, 64, 255],
    ]);
  });

  it('keeps to a fixed range, and to its ends where a value lies outside', () => {
    const { data } = samplePixels(Float32Array.of(-5, 0.5, 1, 9), [2, 2], [0, 1]);
    expect(pixelsOf(data).map(([red]) => red)).toEqual([0, 128, 255, 255]);
  });

  it('reads three channels as red, green and blue', () => {
    const values = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
    expect(pixelsOf(samplePixels(values, [2, 2, 3]).data)).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [255, 255, 255, 255],
    ]);
  });

  it('marks a value that is not finite instead of hiding it', () => {
    const { data } = samplePixels(Float32Array.of(0, NaN, 1, Infinity), [2, 2]);
    expect(pixelsOf(data).map(([red, green]) => [red, green])).toEqual([
      [0, 0],
      [255, 0],
      [255, 255],
      [255, 0],
    ]);
  });

  it('draws a vector as a strip of one row, and is never wrong in size', () => {
    expect(isImageShape([5])).toBe(false);
    expect(isImageShape([8, 8, 1])).toBe(true);
    expect(isImageShape([8, 8, 2])).toBe(false);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }), (shape) => {
        const size = shape.reduce((product, side) => product * side, 1);
        const { width, height, data } = samplePixels(new Float32Array(size).fill(1), shape);
        expect(data.length).toBe(width * height * 4);
        expect(width * height * (isImageShape(shape) ? (shape[2] ?? 1) : 1)).toBe(size);
      }),
    );
  });
});
