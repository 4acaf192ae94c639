/** The rule of the tint, at its bounds. */
import { describe, expect, it } from 'vitest';
import { gradientHealth, meterLevel } from '../../../renderer/state/gradientHealth';

const reading = (ratioToOutputSide: number, rms = 1, updateRatio = 1e-3) => ({ rms, ratioToOutputSide, updateRatio });

describe('the health of a gradient', () => {
  it.each([
    [1e-2, 'usual'],
    [0.99e-2, 'vanishing'],
    [1e2, 'usual'],
    [1.01e2, 'exploding'],
    [1, 'usual'],
    [NaN, 'usual'],
  ])('at %s of the layer nearest the loss is %s', (ratio, kind) => {
    expect(gradientHealth(reading(ratio)).kind).toBe(kind);
  });

  it.each([0, NaN, Infinity])('is broken where it is exactly %s, whatever it is compared with', (rms) => {
    expect(gradientHealth(reading(1, rms)).kind).toBe('broken');
  });

  it('tints stronger the further away it is', () => {
    const strengths = [1e-2, 1e-3, 1e-5, 1e-7, 1e-12].map((ratio) => gradientHealth(reading(ratio)).strength);
    expect(strengths).toEqual([0, expect.closeTo(0.2), expect.closeTo(0.6), expect.closeTo(1), 1]);
    expect(gradientHealth(reading(1e7)).strength).toBeCloseTo(1);
  });

  it.each([
    [0.9e-5, 'small'],
    [1e-5, 'usual'],
    [1e-1, 'usual'],
    [1.1e-1, 'large'],
    [NaN, 'usual'],
    [0, 'small'],
  ])('says of updates of %s of the weights that they are %s', (ratio, update) => {
    expect(gradientHealth(reading(1, 1, ratio)).update).toBe(update);
  });
});

describe('the meter', () => {
  it('stands in the middle at the layer nearest the loss, lower for less and higher for more', () => {
    expect(meterLevel(reading(1))).toBe(0.5);
    expect(meterLevel(reading(1e-3))).toBeCloseTo(0.2);
    expect(meterLevel(reading(1e9))).toBe(1);
    expect(meterLevel(reading(1, 0))).toBe(0);
  });
});
