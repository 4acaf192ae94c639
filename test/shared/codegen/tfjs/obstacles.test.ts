/** Where TensorFlow.js lacks a layer, the export says which node, why, and what to use instead. */
import { expect, it } from 'vitest';
import { tfjsTarget } from '../../../../shared/codegen/tfjs/tfjsTarget';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { library } from '../../../../shared/library';

it('names every node that normalises values of more than four axes, in blocks too', () => {
  const design = designSchema.parse({
    netloom: 1,
    name: 'five axes',
    nodes: [
      { id: 'x', layer: 'Input', params: { shape: [2, 3, 2, 4] } },
      { id: 'batch', name: 'Over the batch', layer: 'BatchNorm' },
      { id: 'inner', block: 'norm' },
      { id: 'y', layer: 'Output', params: { loss: 'meanSquaredError' } },
    ],
    wires: [
      { from: 'x', to: 'batch' },
      { from: 'batch', to: 'inner' },
      { from: 'inner', to: 'y' },
    ],
    blocks: {
      norm: {
        nodes: [
          { id: 'a', layer: 'Input' },
          { id: 'layer', layer: 'LayerNorm' },
          { id: 'b', layer: 'Output' },
        ],
        wires: [
          { from: 'a', to: 'layer' },
          { from: 'layer', to: 'b' },
        ],
      },
    },
    training: { seed: 1 },
  });
  const { program, diagnostics } = compile(design, library);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const values = (): never => {
    throw new Error('nothing is written');
  };
  const written = tfjsTarget.write({ program, source: { file: 'x', hash: '' }, values, opset: 18, version: '0' });
  if (!('obstacles' in written)) throw new Error('the export was written');
  expect(written.obstacles.map(({ path, name }) => [path, name]).sort()).toEqual([
    ['batch', 'Over the batch'],
    ['inner/layer', 'layer'],
  ]);
  for (const { why, instead } of written.obstacles) {
    expect(why).toMatch(/at most four axes, and the input of \w+ has 5\.$/);
    expect(instead).toMatch(/Reshape/);
  }
});
