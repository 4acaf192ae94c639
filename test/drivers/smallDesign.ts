/** A design that trains in a moment: spirals through two dense layers. */
import type { Json } from '../../shared/messages/define';

/** `training` is merged into the configuration; `layers`: hidden layers of 8 units. */
export function smallDesign(training: Record<string, Json> = {}, layers = 1): Json {
  const hidden = Array.from({ length: layers }, (_, index) => index + 1);
  const chain = ['point', ...hidden.map((index) => `hidden${index}`), 'logits', 'output'];
  return {
    netloom: 1,
    name: 'A small design',
    nodes: [
      { id: 'point', layer: 'Input', params: { shape: [2], field: 'point' } },
      ...hidden.map((index): Json => ({ id: `hidden${index}`, layer: 'Dense', params: { units: 8 } })),
      { id: 'logits', layer: 'Dense', params: { units: 2 } },
      { id: 'output', layer: 'Output', params: { loss: 'crossEntropy', target: 'label' } },
    ],
    wires: chain.slice(1).map((to, index): Json => ({ from: chain[index] as string, to })),
    training: { epochs: 3, batchSize: 32, seed: 7, ...training },
    data: { source: 'spirals' },
  };
}
