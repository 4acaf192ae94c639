/** A program as a graph: where each node came from, how blocks name their layers, and what stands against an export. */
import { describe, expect, it } from 'vitest';
import { graphOfProgram, type OnnxProgram } from '../../../../shared/codegen/onnx/graphOfProgram';
import { onnxTarget } from '../../../../shared/codegen/onnx/onnxTarget';
import type { Unsupported } from '../../../../shared/ir/emit/emission';
import type { LayerDefinition } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { relu } from '../../../../shared/layers/relu';
import { tinyProgram, type TinyLayer } from '../../../contract/runner/tinyProgram';
import { openGolden } from '../../../golden/goldenDesigns';
import { valuesOf } from '../programNumbers';

const source = { file: 'design.netloom', hash: '0'.repeat(64) };

function written(program: CheckedProgram): OnnxProgram {
  const result = graphOfProgram({ program, source, values: valuesOf(program), opset: 18, version: '0.0.0' });
  if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
  return result;
}

function lines(layers: TinyLayer[], extra: LayerDefinition[] = []): CheckedProgram {
  const data = {
    fields: [
      { name: 'x', shape: [4], dtype: 'float32' as const },
      { name: 'words', shape: [3], dtype: 'int32' as const },
      { name: 'y', shape: [4], dtype: 'float32' as const },
    ],
    counts: { train: 8, validation: 8, test: 8 },
  };
  return tinyProgram({ layers, data, extra });
}

const features: TinyLayer = { id: 'x', layer: 'Input', params: { shape: [4], field: 'x' } };
const result: TinyLayer = { id: 'y', layer: 'Output', params: { loss: 'meanSquaredError', target: 'y' } };

describe('a graph of blocks and repeats', () => {
  it('gives every node the path of the layer that it came from', async () => {
    const { program, data } = await openGolden('repeats');
    data?.close();
    const { model } = written(program);
    const paths = new Set(model.nodes.map(({ origin }) => origin?.path));
    expect([...paths].filter((path) => /\/\d+\//.test(path ?? '')).length).toBeGreaterThan(4);
    const repeated = model.nodes.find(({ origin }) => /\/1\//.test(origin?.path ?? ''))!;
    // "stage/1/dense" is named after the block, the pass and the layer.
    expect(repeated.name).toMatch(/^\w+_1_\w+$/);
  });

  it('has weights once that two calls share, under the name of their owner', async () => {
    const { program, data } = await openGolden('shared-weights');
    data?.close();
    const { model, weights } = written(program);
    const convolutions = model.nodes.filter(({ operator }) => operator === 'Conv');
    expect(convolutions.map(({ name }) => name)).toEqual(['left_conv_conv', 'right_conv_conv']);
    expect(new Set(convolutions.map(({ inputs }) => inputs[1]))).toEqual(new Set(['left_conv_weight']));
    expect(weights.filter(({ group }) => group === 'left/conv').map(({ name }) => name)).toEqual([
      'left_conv_weight',
      'left_conv_bias',
    ]);
  });
});

describe('what stands against an export', () => {
  it('is every layer without a twin, by its node, with what to use in its place', () => {
    const lacking = (type: string, why: string): LayerDefinition => {
      const onnx = (): Unsupported => ({ unsupported: why, instead: `Use ReLU, not ${type}.` });
      return { ...relu, type, emit: { ...relu.emit, onnx } };
    };
    const layers = [
      features,
      { id: 'a', layer: 'Odd' },
      { id: 'b', layer: 'ReLU' },
      { id: 'c', layer: 'Even' },
      result,
    ];
    const program = lines(layers, [lacking('Odd', 'It is odd.'), lacking('Even', 'It is even.')]);
    expect(onnxTarget.write({ program, source, values: valuesOf(program), opset: 18, version: '0.0.0' })).toEqual({
      obstacles: [
        { path: 'a', name: 'a', why: 'It is odd.', instead: 'Use ReLU, not Odd.' },
        { path: 'c', name: 'c', why: 'It is even.', instead: 'Use ReLU, not Even.' },
      ],
    });
  });

  it('is a model that no file could hold, by the node with the most weights', () => {
    const table = (id: string, vocabulary: number): TinyLayer => {
      return { id, layer: 'Embedding', params: { vocabulary, features: 16 }, inputs: ['words'] };
    };
    const tables = Array.from({ length: 34 }, (_, at) => table(`table${at}`, at === 7 ? 2 ** 20 + 1 : 2 ** 20));
    const layers: TinyLayer[] = [
      { id: 'words', layer: 'Input', params: { shape: [3], field: 'words', dtype: 'int32' } },
      ...tables,
      { id: 'sum', layer: 'Add', inputs: tables.map(({ id }) => id) },
      { id: 'flat', layer: 'Flatten' },
      { id: 'dense', layer: 'Dense', params: { units: 4 } },
      result,
    ];
    const program = lines(layers);
    // Tables of 64 MB that all lie on the same values: 2.1 GB to write, little to hold.
    const data = new Float32Array(2 ** 24 + 16);
    const values = (group: string): { shape: number[]; data: Float32Array } => {
      if (group === 'dense') return { shape: [48, 4], data: data.subarray(0, 192) };
      const rows = group === 'table7' ? 2 ** 20 + 1 : 2 ** 20;
      return { shape: [rows, 16], data: data.subarray(0, rows * 16) };
    };
    const answer = onnxTarget.write({
      program,
      source,
      values: (group, name) => (name === 'bias' ? { shape: [4], data: data.subarray(0, 4) } : values(group)),
      opset: 18,
      version: '0.0.0',
    });
    expect(answer).toEqual({
      obstacles: [
        {
          path: 'table7',
          name: 'table7',
          why: 'The ONNX model would have 2.13 GB, and an ONNX file holds less than 2 GB. Make layers smaller, or export to PyTorch, Keras or tfjs.',
          instead: 'This node has the most weights; make it smaller.',
        },
      ],
    });
  });
});
