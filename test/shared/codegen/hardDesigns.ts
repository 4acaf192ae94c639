/** Designs in which axes, orders and weights are hard to carry over; each takes and gives what no loss has to like. */
import { compile } from '../../../shared/compile';
import { designSchema } from '../../../shared/design/schema';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { TinyLayer } from '../../contract/runner/tinyProgram';
import { withAnyLoss } from './exampleProgram';

type Layers = readonly TinyLayer[];

const input = (shape: number[], id = 'image'): TinyLayer => ({ id, layer: 'Input', params: { shape } });
const output = (id = 'result', inputs?: string[]): TinyLayer => ({
  id,
  layer: 'Output',
  params: { loss: 'anything' },
  inputs,
});
const conv = (params: TinyLayer['params'] = {}, id = 'conv'): TinyLayer => ({
  id,
  layer: 'Conv2D',
  params: { filters: 3, padding: 'same', ...params },
});
const flatten: TinyLayer = { id: 'flat', layer: 'Flatten' };
const dense = (units: number, id = 'dense', inputs?: string[]): TinyLayer => ({
  id,
  layer: 'Dense',
  params: { units },
  inputs,
});

export const hardLayers: Readonly<Record<string, Layers>> = {
  'an image in and out': [input([4, 5, 2]), output()],
  'flatten, then the output': [input([4, 5, 2]), conv(), flatten, output()],
  'flatten, then a sum with features as drawn': [
    input([4, 3, 2]),
    conv(),
    flatten,
    input([36], 'features'),
    { id: 'sum', layer: 'Add', inputs: ['flat', 'features'] },
    dense(4),
    output(),
  ],
  'flatten, batch normalisation, dense': [
    input([4, 5, 2]),
    conv(),
    flatten,
    { id: 'norm', layer: 'BatchNorm' },
    dense(4),
    output(),
  ],
  'flatten, layer normalisation, dropout, dense': [
    input([4, 5, 2]),
    conv(),
    flatten,
    { id: 'norm', layer: 'LayerNorm' },
    { id: 'drop', layer: 'Dropout' },
    { id: 'gelu', layer: 'GELU' },
    { id: 'softmax', layer: 'Softmax' },
    dense(4),
    output(),
  ],
  'one flatten for two layers': [
    input([4, 5, 2]),
    conv(),
    flatten,
    dense(4, 'left', ['flat']),
    dense(4, 'right', ['flat']),
    { id: 'product', layer: 'Multiply', inputs: ['left', 'right'] },
    output(),
  ],
  'weights shared by a flattened image and by features': [
    input([4, 3, 2]),
    conv({ filters: 2 }),
    flatten,
    dense(4, 'own', ['flat']),
    input([24], 'features'),
    { ...dense(4, 'same', ['features']), weightsOf: 'own' },
    { id: 'sum', layer: 'Add', inputs: ['own', 'same'] },
    output(),
  ],
  'a reshape that splits height, width and channels': [
    input([4, 6, 4]),
    conv({ filters: 4 }),
    { id: 'split', layer: 'Reshape', params: { shape: [2, 2, 6, 2, 2] } },
    dense(3),
    output(),
  ],
  'a reshape to one row, and one to an image': [
    input([4, 6, 2]),
    conv({ filters: 2 }),
    { id: 'row', layer: 'Reshape', params: { shape: [-1] } },
    { id: 'image2', layer: 'Reshape', params: { shape: [6, 4, 2] } },
    conv({ strides: 2 }, 'conv2'),
    output(),
  ],
  'softmax over the channels of an image': [
    input([4, 5, 2]),
    conv(),
    { id: 'softmax', layer: 'Softmax' },
    conv({}, 'conv2'),
    output(),
  ],
  'softmax over the rows of an image': [
    input([4, 5, 2]),
    conv(),
    { id: 'softmax', layer: 'Softmax', params: { axis: 1 } },
    output(),
  ],
  'dense at every pixel between convolutions': [input([4, 5, 2]), conv(), dense(4), conv({}, 'conv2'), output()],
  'layer normalisation over channels': [
    input([4, 5, 2]),
    conv(),
    { id: 'norm', layer: 'LayerNorm' },
    conv({}, 'conv2'),
    output(),
  ],
  'layer normalisation over a sample': [
    input([4, 5, 2]),
    conv(),
    { id: 'norm', layer: 'LayerNorm', params: { axes: 'sample' } },
    flatten,
    dense(3),
    output(),
  ],
  ...Object.fromEntries(
    [5, 6, 7].flatMap((size) =>
      [2, 3, 4].map((kernelSize): [string, Layers] => [
        `same padding at stride 2: ${size} pixels, ${kernelSize} taps`,
        [
          input([size, size + 1, 2]),
          conv({ kernelSize, strides: 2 }),
          { id: 'pool', layer: 'AveragePool2D', params: { poolSize: kernelSize, strides: 1, padding: 'same' } },
          { id: 'most', layer: 'MaxPool2D', params: { poolSize: kernelSize, strides: 2, padding: 'same' } },
          output(),
        ],
      ]),
    ),
  ),
  'zeros around an image, then pools': [
    input([4, 5, 2]),
    {
      id: 'zeros',
      layer: 'ZeroPadding2D',
      params: {
        padding: [
          [0, 2],
          [1, 0],
        ],
      },
    },
    { id: 'most', layer: 'MaxPool2D', params: { poolSize: 2, strides: 1 } },
    { id: 'more', layer: 'ZeroPadding2D', params: { padding: 1 } },
    { id: 'mean', layer: 'AveragePool2D', params: { poolSize: 2 } },
    output(),
  ],
  'channels gated by what the image as a whole says': [
    input([4, 5, 2]),
    conv(),
    { id: 'means', layer: 'GlobalAveragePool2D' },
    dense(3),
    { id: 'gate', layer: 'Sigmoid' },
    { id: 'pixel', layer: 'Reshape', params: { shape: [1, 1, 3] } },
    { id: 'gated', layer: 'Multiply', inputs: ['conv', 'pixel'] },
    output(),
  ],
  'images joined along rows and along channels': [
    input([4, 5, 2]),
    conv(),
    { id: 'rows', layer: 'Concatenate', params: { axis: 1 }, inputs: ['conv', 'conv'] },
    conv({}, 'conv2'),
    { id: 'channels', layer: 'Concatenate', inputs: ['rows', 'conv2', 'rows'] },
    output(),
  ],
  'attention from pixels to a sequence': [
    input([2, 3, 4]),
    { id: 'pixels', layer: 'Reshape', params: { shape: [-1, 4] } },
    input([5, 6], 'sequence'),
    {
      id: 'look',
      layer: 'MultiHeadAttention',
      params: { heads: 2, keyFeatures: 3, causal: true },
      inputs: ['pixels:query', 'sequence:value'],
    },
    { id: 'norm', layer: 'BatchNorm' },
    output(),
  ],
  'one value for two outputs, and an input for a third': [
    input([4, 5, 2]),
    conv(),
    output('one', ['conv']),
    output('two', ['conv']),
    output('three', ['image']),
  ],
};

export function hardDesigns(): { label: string; program: CheckedProgram }[] {
  return Object.entries(hardLayers).map(([label, layers]) => ({ label, program: programOf(label, layers) }));
}

function programOf(name: string, layers: Layers): CheckedProgram {
  const wires = layers.flatMap(({ id, layer, inputs }, at) => {
    const before = layer === 'Input' ? [] : [layers[at - 1]?.id ?? ''];
    // "pixels:query" is a wire from pixels to the port `query`.
    return (inputs ?? before).map((wire) => {
      const [from = '', port] = wire.split(':');
      return { from, to: port ? `${id}:${port}` : id };
    });
  });
  const nodes = layers.map(({ id, layer, params = {}, weightsOf }) => ({ id, layer, params, weightsOf }));
  const design = designSchema.parse({ netloom: 1, name, nodes, wires, training: { seed: 1 } });
  const { program, diagnostics } = compile(design, withAnyLoss);
  if (!program) throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('\n')}`);
  return program;
}
