/** The builder by itself: names, origins, results, and bytes that the official schema reads back. */
import { fromBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph, type OnnxGraph } from '../../../../shared/codegen/onnx/createGraph';
import { describeModel } from '../../../../shared/codegen/onnx/describeModel';
import { encodeModel } from '../../../../shared/codegen/onnx/encodeModel';
import type { OnnxModel } from '../../../../shared/codegen/onnx/model';
import {
  ModelProtoSchema,
  TensorProto_DataType,
  type ModelProto,
} from '../../../../shared/codegen/onnx/schema/onnx_pb';
import { header } from './handMadeGraphs';

const origin = { path: 'stage/2/conv1', name: 'stem' };

/** x -> Relu -> Add with a constant, as a layer called `name`. */
function small(name: string, names: { input?: string; output?: string } = {}): OnnxModel {
  const graph = createGraph(header(18, name));
  const x = graph.input(names.input ?? 'x', 'float32', ['batch', 3]);
  const scope = graph.scope(name, { path: 'a/b', name });
  const sum = scope.node('Add', [scope.node('Relu', [x]), scope.constant([1, 2.5, -3], [3], 'float32')]);
  graph.rename(sum, name);
  graph.output(names.output ?? 'y', sum, 'float32', ['batch', 3]);
  return graph.finish();
}

function bytesOf(model: OnnxModel): Uint8Array {
  const bytes = encodeModel(model);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.message);
  return bytes;
}

function decoded(model: OnnxModel): ModelProto {
  return fromBinary(ModelProtoSchema, bytesOf(model));
}

function graphWithInput(): { graph: OnnxGraph; x: string } {
  const graph = createGraph(header(18));
  return { graph, x: graph.input('x', 'float32', ['batch', 4]) };
}

describe('a graph', () => {
  it('names nodes and values after the layer and the operator', () => {
    const { graph, x } = graphWithInput();
    const scope = graph.scope('stem', origin);
    const normalised = scope.node('BatchNormalization', [x, x, x, x, x]);
    const parts = scope.nodes('Split', [normalised], 2, { num_outputs: 2 });
    expect([normalised, ...parts]).toEqual(['stem_batch_normalization', 'stem_split_0', 'stem_split_1']);
    expect(scope.node('Relu', [x])).toBe('stem_relu');
    expect(scope.node('Relu', [x])).toBe('stem_relu_2');
  });

  it('remembers for every node and constant where it came from, whatever stands in between', () => {
    const { graph, x } = graphWithInput();
    const first = graph.scope('one', { path: 'one', name: 'one' });
    const second = graph.scope('two', origin);
    second.node('Add', [first.node('Relu', [x]), second.constant([1], [], 'float32')]);
    graph.output('y', 'two_add', 'float32', ['batch', 4]);
    const { nodes, initialisers } = graph.finish();
    expect(nodes.map((node) => node.origin?.path)).toEqual(['one', 'stage/2/conv1']);
    expect(initialisers.map((tensor) => tensor.origin?.path)).toEqual(['stage/2/conv1']);
  });

  it('lets the last value of a layer take its name, and the result that of the output', () => {
    const { graph, x } = graphWithInput();
    const value = graph.scope('dense', origin).node('Relu', [x]);
    graph.rename(value, 'dense');
    const next = graph.scope('head', null).node('Tanh', [value]);
    expect(graph.output('probabilities', next, 'float32', ['batch', 4])).toBe('probabilities');
    const { nodes, outputs } = graph.finish();
    expect(nodes.map((node) => [...node.inputs, ...node.outputs])).toEqual([
      ['x', 'dense'],
      ['dense', 'probabilities'],
    ]);
    expect(outputs.map(({ name }) => name)).toEqual(['probabilities']);
  });

  it('passes on what cannot be renamed: an input, and a value that is a result already', () => {
    const { graph, x } = graphWithInput();
    const y = graph.scope('layer', origin).node('Relu', [x]);
    const names = ['first', 'second'].map((name) => graph.output(name, y, 'float32', ['batch', 4]));
    const same = graph.output('third', x, 'float32', ['batch', 4]);
    const { nodes } = graph.finish();
    expect([...names, same]).toEqual(['first', 'second', 'third']);
    expect(nodes.map(({ operator, inputs, outputs }) => [operator, ...inputs, ...outputs])).toEqual([
      ['Relu', 'x', 'first'],
      ['Identity', 'first', 'second'],
      ['Identity', 'x', 'third'],
    ]);
  });

  it('refuses what would be no graph', () => {
    const { graph, x } = graphWithInput();
    const scope = graph.scope('layer', origin);
    expect(() => graph.finish()).toThrow('no output');
    expect(() => scope.node('Relu', ['y'])).toThrow('Relu of layer takes y, which nothing has made');
    expect(() => scope.node('Relu', [x, x])).toThrow('Relu takes 1 to 1 inputs, not 2');
    expect(() => scope.node('Rleu', [x])).toThrow('Rleu is no operator of the table');
    expect(() => scope.node('Softmax', [x], { axis: { float: 1 } })).toThrow('no attribute axis of kind float');
    expect(() => scope.constant([1, 2], [3])).toThrow('2 values for [3]');
    expect(() => createGraph(header(16))).toThrow('opset 16 is none of 17, 18, 19, 20, 21');
  });
});

describe('its bytes', () => {
  it('hold what was built, by the official schema', () => {
    const proto = decoded(small('layer'));
    expect(proto).toMatchObject({ irVersion: 8n, producerName: 'netloom', docString: 'layer, for a test' });
    expect(proto.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 18n]]);
    expect(proto.metadataProps.map(({ key, value }) => [key, value])).toEqual([['design', 'layer']]);
    const { node = [], initializer = [], input = [] } = proto.graph ?? {};
    expect(node.map(({ opType, docString }) => [opType, docString])).toEqual([
      ['Relu', 'layer (a/b)'],
      ['Add', 'layer (a/b)'],
    ]);
    const [weights] = initializer;
    expect(weights).toMatchObject({ dims: [3n], dataType: TensorProto_DataType.FLOAT });
    const { buffer, byteOffset } = weights!.rawData.slice();
    expect([...new Float32Array(buffer, byteOffset, 3)]).toEqual([1, 2.5, -3]);
    expect(input[0]?.type?.value).toMatchObject({
      case: 'tensorType',
      value: { shape: { dim: [{ value: { case: 'dimParam', value: 'batch' } }, { value: { value: 3n } }] } },
    });
  });

  it.each([
    [17, 8n],
    [18, 8n],
    [19, 9n],
    [20, 9n],
    [21, 10n],
  ])('of opset %i have the format version that came with it', (opset, version) => {
    const graph = createGraph(header(opset));
    graph.output('y', graph.input('x', 'float32', []), 'float32', []);
    expect(decoded(graph.finish()).irVersion).toBe(version);
  });

  it('are refused with the size where protobuf cannot hold them', () => {
    const graph = createGraph(header(18));
    // 40 tensors that lie on the same 64 MB: 2.5 GB to write, little to hold.
    const data = new Float32Array(2 ** 24);
    const weights = Array.from({ length: 40 }, () => graph.initialiser('weight', 'float32', [2 ** 24], data));
    const all = graph.scope('all', null).node('Concat', weights, { axis: 0 });
    graph.output('y', all, 'float32', [40 * 2 ** 24]);
    expect(encodeModel(graph.finish())).toMatchObject({ code: 'onnxTooLarge', arguments: { bytes: 40 * 2 ** 26 } });
  });
});

describe('names of any kind', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 30 });
  const halves = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
  const text = fc.oneof(anyText, halves, fc.constantFrom('x', 'y', '1', '层', 'é', '"\n}', '__proto__', 'x_relu'));

  it('become identifiers, once each, and bytes that are read back', () => {
    fc.assert(
      fc.property(text, text, text, (name, input, output) => {
        const model = small(name, { input, output });
        const graph = decoded(model).graph!;
        const values = [...graph.input, ...graph.initializer].map((value) => value.name);
        const made = graph.node.flatMap((node) => node.output);
        const all = [...values, ...made];
        const names = [...all, ...graph.node.map((node) => node.name)];
        expect(names.filter((each) => !/^[A-Za-z_]\w*$/.test(each))).toEqual([]);
        expect(new Set(all).size).toBe(all.length);
        // The shape of the graph is that of any other name.
        expect(graph.node.map(({ opType }) => opType)).toEqual(['Relu', 'Add']);
        expect(graph.node[1]!.input).toEqual([made[0], values[1]]);
        expect(graph.output.map((value) => value.name)).toEqual([made[1]]);
      }),
      { numRuns: 2000 },
    );
  });

  it('give equal bytes for equal designs', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(bytesOf(small(name))).toEqual(bytesOf(small(name)));
      }),
    );
    expect(bytesOf(small('one'))).not.toEqual(bytesOf(small('two')));
  });

  it('stand in the list on one line each', () => {
    fc.assert(
      fc.property(text, (name) => {
        const lines = describeModel(small(name));
        expect(lines.every((line) => !line.text.includes('\n'))).toBe(true);
        expect(lines.filter(({ origins }) => origins.includes('a/b'))).toHaveLength(3);
      }),
    );
  });
});

describe('the list of a graph', () => {
  it('reads like the graph, and each line knows its node', () => {
    expect(describeModel(small('layer')).map(({ text, origins }) => `${origins[0] ?? '-'} | ${text}`)).toEqual([
      '- | <',
      '- |   ir_version: 8,',
      '- |   opset_import: ["" : 18],',
      '- |   producer_name: "netloom",',
      '- |   producer_version: "0.0.0"',
      '- | >',
      '- | layer (float[batch,3] x) => (float[batch,3] y)',
      '- | <',
      'a/b |   float[3] layer_constant = {1.0, 2.5, -3.0}',
      '- | >',
      '- | {',
      'a/b |   layer_relu = Relu (x)',
      'a/b |   y = Add (layer_relu, layer_constant)',
      '- | }',
    ]);
  });
});
