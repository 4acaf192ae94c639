/** A layer is found by whatever its users call it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupLayers, searchLayers } from '../../../renderer/palette/searchLayers';
import { library } from '../../../shared/library';

const layers = library.layers.list;
const first = (text: string): string | undefined => searchLayers(layers, text)[0]?.type;

describe('the palette’s search', () => {
  it.each([
    ['Linear', 'Dense'],
    ['fully connected', 'Dense'],
    ['nn.linear', undefined],
    ['BatchNorm2d', 'BatchNorm'],
    ['bn', 'BatchNorm'],
    ['GAP', 'GlobalAveragePool2D'],
    ['maxpool', 'MaxPool2D'],
    ['conv', 'Conv2D'],
    ['max pool 2d', 'MaxPool2D'],
    ['skip', 'Add'],
    ['cncat', 'Concatenate'],
    ['mha', 'MultiHeadAttention'],
    ['卷积', 'Conv2D'],
    ['zzz', undefined],
  ])('finds for "%s" %s', (text, layer) => {
    expect(first(text)).toBe(layer);
  });

  it('finds every layer first by its own name, and by each of its aliases and titles', () => {
    for (const layer of layers) {
      expect(first(layer.type)).toBe(layer.type);
      for (const name of [layer.title, ...layer.aliases]) {
        expect(searchLayers(layers, name).map(({ type }) => type)).toContain(layer.type);
      }
    }
  });

  it('never finds more as one types on within a name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...layers), fc.nat(), ({ type }, cut) => {
        const part = type.slice(0, 1 + (cut % type.length));
        const fewer = searchLayers(layers, type.slice(0, part.length + 1));
        const found = searchLayers(layers, part);
        expect(found.map((one) => one.type)).toContain(type);
        // Letters in order count from the second letter on.
        if (part.length >= 2) expect(found).toEqual(expect.arrayContaining(fewer));
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(searchLayers(layers, text).length).toBeLessThanOrEqual(layers.length);
      }),
    );
  });
});

describe('the palette’s groups', () => {
  it('hold every layer once', () => {
    const listed = groupLayers(layers, []).flatMap((group) => group.layers);
    expect(listed.map(({ type }) => type).sort()).toEqual(layers.map(({ type }) => type).sort());
  });

  it('begin with those used last, newest first, at most five, without names that are gone', () => {
    const [recent] = groupLayers(layers, ['Dense', 'Gone', 'Conv2D', 'ReLU', 'Add', 'Flatten', 'Softmax']);
    expect(recent?.id).toBe('recent');
    expect(recent?.layers.map(({ type }) => type)).toEqual(['Dense', 'Conv2D', 'ReLU', 'Add', 'Flatten']);
  });
});
