/** What the nodes show of gradients: root mean squares against the layer nearest the loss, and the last frames. */
import { describe, expect, it } from 'vitest';
import { createGradientStore, gradientHistory } from '../../../renderer/state/gradientStore';

const groups = [
  { path: 'first', name: 'first', layer: 'Dense', elements: 100 },
  { path: 'last', name: 'last', layer: 'Dense', elements: 4 },
];

describe('the newest gradients', () => {
  it('are root mean squares, against those of the group nearest the loss', () => {
    const store = createGradientStore();
    store.getState().show(groups, [5, 2], [1e-3, NaN]);
    expect(store.getState().norms.get('first')).toEqual({ rms: 0.5, ratioToOutputSide: 0.5, updateRatio: 1e-3 });
    expect(store.getState().norms.get('last')).toEqual({ rms: 1, ratioToOutputSide: 1, updateRatio: NaN });
  });

  it('cannot be compared where the group nearest the loss has none', () => {
    const store = createGradientStore();
    store.getState().show(groups, [5, 0], [1e-3, 1e-3]);
    expect(store.getState().norms.get('first')?.ratioToOutputSide).toBeNaN();
  });

  it('keep only the last frames, oldest first', () => {
    const store = createGradientStore();
    for (let frame = 0; frame < gradientHistory + 5; frame++) store.getState().show(groups, [frame * 10, 2], [0, 0]);
    const history = store.getState().history.get('first') ?? [];
    expect(history).toHaveLength(gradientHistory);
    expect(history[0]).toBe(5);
    expect(history[gradientHistory - 1]).toBe(gradientHistory + 4);
  });

  it('are gone after a clear', () => {
    const store = createGradientStore();
    store.getState().show(groups, [5, 2], [0, 0]);
    store.getState().clear();
    expect([store.getState().norms.size, store.getState().history.size]).toEqual([0, 0]);
  });
});
