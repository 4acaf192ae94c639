/** A node says in few characters what sets it apart from the defaults. */
import { describe, expect, it } from 'vitest';
import { countText, faceText, shapeText } from '../../../renderer/canvas/faceText';
import type { DesignNode } from '../../../shared/design/schema';
import { batchOf } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';

const words = { without: (name: string) => `no ${name}`, scalar: 'one number' };

function face(layer: string, params: DesignNode['params']): string {
  return faceText({ id: 'n', layer, params }, library.layers.get(layer)!.params, words);
}

describe('the face of a node', () => {
  it.each([
    ['Conv2D', {}, ''],
    ['Conv2D', { filters: 64, kernelSize: 5, padding: 'same' }, '5×5 · 64 · same'],
    ['Conv2D', { filters: 64, kernelSize: [5, 3], strides: 2, bias: false }, '5×3 · 64 · strides 2×2 · no bias'],
    ['Conv2D', { padding: 1 }, '1'],
    ['Dense', { units: 10 }, '10'],
    ['Dropout', { rate: 0.3 }, '0.3'],
    ['Dropout', { rate: 0.5 }, ''],
    ['Dense', { units: '=width * 2' }, 'units =width * 2'],
    ['Output', { loss: { type: 'meanSquaredError' } }, 'meanSquaredError'],
    ['Input', { shape: [28, 28, 1], field: 'image' }, '28×28×1 · field image'],
    ['Reshape', { unheardOf: 3 }, ''],
  ])('%s with %o says "%s"', (layer, params, text) => {
    expect(face(layer, params as DesignNode['params'])).toBe(text);
  });

  it('shows a value that is wrong as it stands', () => {
    expect(face('Dense', { units: 'many' })).toBe('many');
  });
});

describe('shapes and counts', () => {
  it('are those of one sample', () => {
    expect(shapeText(batchOf([56, 56, 64]), words)).toBe('56×56×64');
    expect(shapeText(batchOf([]), words)).toBe('one number');
    expect(shapeText(batchOf([12], 'int32'), words)).toBe('12 int32');
  });

  it.each([
    [36_928, '36,928'],
    [123_456, '123k'],
    [1_234_567, '1.23M'],
    [25_600_000, '25.6M'],
    [6.7e9, '6.7G'],
  ])('%i is written %s', (count, text) => {
    expect(countText(count)).toBe(text);
  });
});
