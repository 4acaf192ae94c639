/** Graphs made with the builder are valid for ONNX's own checker and compute, in ONNX Runtime, what our layers compute. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../electron/trainer/engines/tfjs/backend';
import { createGraph } from '../../../../shared/codegen/onnx/createGraph';
import { describeModel } from '../../../../shared/codegen/onnx/describeModel';
import { encodeModel } from '../../../../shared/codegen/onnx/encodeModel';
import type { OnnxModel } from '../../../../shared/codegen/onnx/model';
import { operators } from '../../../../shared/codegen/onnx/operators';
import { onnxOpsets } from '../../../../shared/codegen/onnx/opsets';
import { ModelProtoSchema } from '../../../../shared/codegen/onnx/schema/onnx_pb';
import type { Ops } from '../../../../shared/ir/layerDefinition';
import { exampleCase, type ExampleCase, type Numbers } from '../../../contract/harness/exampleCase';
import { runLayer } from '../../../contract/harness/runLayer';
import { difference } from '../../../contract/harness/vectors';
import { handMade, header, modelOf, type HandMade } from './handMadeGraphs';
import { askOnnx, type OnnxAnswer, type OnnxJob, type OnnxVerdict } from './onnxPython';

const batches = [1, 7];
const cases = handMade.flatMap((made) => onnxOpsets.map((opset) => ({ made, opset })));
const labels = cases.map(({ made, opset }) => `${made.definition.type}, ${made.example}, opset ${opset}`);

let ops: Ops;
let answer: OnnxAnswer;
beforeAll(async () => {
  ops = await loadBackend('cpu');
  const jobs = [...cases.map(({ made, opset }) => jobOf(made, opset)), ...onnxOpsets.map(normalisedInGroups)];
  answer = await askOnnx({ jobs, operators: Object.keys(operators), opsets: [...onnxOpsets] });
});

describe.each(labels.map((label, at) => [label, at] as const))('%s', (_label, at) => {
  const verdict = (): OnnxVerdict => answer.jobs[at]!;

  it('is valid, and shape inference finds the shapes that are stated', () => {
    expect(verdict().error).toBeNull();
    const { made } = cases[at]!;
    const { shape } = numbersOf(made, 1).upstream.output!;
    expect(verdict().shapes).toEqual({ output: ['batch', ...shape.slice(1)] });
  });

  it('computes what the layer computes, for 1 sample and for 7', () => {
    const { made } = cases[at]!;
    const found = batches.map((batch, index) => {
      const ours = runLayer(ops, made.definition, numbersOf(made, batch), 'evaluate');
      return difference(verdict().outputs[index]!.output!, ours.outputs.output!);
    });
    expect(found).toEqual([null, null]);
  });

  it('is listed in words that ONNX reads as the same nodes', () => {
    expect(verdict().listed).toEqual(verdict().nodes);
  });
});

describe('what is said otherwise in older opsets', () => {
  it.each(onnxOpsets.map((opset, at) => [opset, at] as const))('normalises groups of channels in opset %i', (_, at) => {
    const verdict = answer.jobs[cases.length + at]!;
    expect(verdict.error).toBeNull();
    expect(batches.map((batch, index) => difference(verdict.outputs[index]!.y!, groupsByHand(batch)))).toEqual([
      null,
      null,
    ]);
  });

  it('uses the operator of its own where there is one', () => {
    const geluNodes = (opset: number): string[] =>
      modelOf(handMade[3]!, numbersOf(handMade[3]!, 1), opset).nodes.map(({ operator }) => operator);
    expect(geluNodes(20)).toEqual(['Gelu']);
    expect(geluNodes(19)).toEqual(['Mul', 'Erf', 'Add', 'Mul', 'Mul']);
  });
});

describe('what the builder knows of ONNX', () => {
  it('is of operators of opset 21, with inputs and attributes that they have', () => {
    const official = answer.operators['21']!;
    const wrong = Object.entries(operators).filter(([name, { inputs, attributes }]) => {
      const form = official[name];
      const fits = form && inputs[0] >= form.inputs[0] && Math.min(inputs[1], 2 ** 31 - 1) <= form.inputs[1];
      return !fits || Object.entries(attributes).some(([key, kind]) => form.attributes[key] !== kind);
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('has the numbers and types of the fields that the official package has', () => {
    const { file } = ModelProtoSchema;
    expect(file.messages.length).toBeGreaterThan(10);
    const wrong = file.messages.flatMap((message) =>
      message.fields.filter((field) => {
        const [number, type, repeated] = answer.schema[message.typeName]?.[field.name] ?? [];
        const same = number === field.number && type === field.proto.type;
        return !same || repeated !== (field.fieldKind === 'list');
      }),
    );
    expect(wrong.map(String)).toEqual([]);
  });
});

/** One set of weights for every batch: those of the case of one sample. */
function numbersOf({ definition, example }: HandMade, batch: number): ExampleCase {
  const found = definition.examples.find(({ name }) => name === example);
  if (!found) throw new Error(`${definition.type} has no example "${example}"`);
  return { ...exampleCase(definition, found, batch), weights: exampleCase(definition, found, 1).weights };
}

function jobFor(model: OnnxModel, feeds: OnnxJob['feeds']): OnnxJob {
  const bytes = encodeModel(model);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.message);
  const listing = describeModel(model)
    .map(({ text }) => text)
    .join('\n');
  return { model: bytes, listing, feeds };
}

function jobOf(made: HandMade, opset: number): OnnxJob {
  return jobFor(
    modelOf(made, numbersOf(made, 1), opset),
    batches.map((batch) => numbersOf(made, batch).inputs),
  );
}

const groups = { count: 2, channels: 4, height: 3, width: 2, epsilon: 1e-3 };
const scale = [0.5, 1, 1.5, 2];
const offset = [0.1, -0.2, 0.3, -0.4];

function images(batch: number): Numbers {
  const { channels, height, width } = groups;
  const shape = [batch, channels, height, width];
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, dtype: 'float32', values: Array.from({ length: count }, (_, at) => Math.sin(1.7 * at) + at / count) };
}

/** [batch, channels, height, width] with scale and offset for every channel. */
function normalisedInGroups(opset: number): OnnxJob {
  const model = createGraph(header(opset));
  const { count, channels, height, width, epsilon } = groups;
  const dims = ['batch', channels, height, width];
  const x = model.input('x', 'float32', dims);
  const weights = [
    model.initialiser('scale', 'float32', [4], scale),
    model.initialiser('offset', 'float32', [4], offset),
  ];
  const attributes = { num_groups: count, epsilon: { float: epsilon } };
  const y = model.scope('norm', null).node('GroupNormalization', [x, ...weights], attributes);
  model.output('y', y, 'float32', dims);
  return jobFor(
    model.finish(),
    batches.map((batch) => ({ x: images(batch) })),
  );
}

function groupsByHand(batch: number): Numbers {
  const { shape, values } = images(batch);
  const size = groups.height * groups.width;
  const block = (groups.channels / groups.count) * size;
  const normalised = values.map((value, at) => {
    const start = at - (at % block);
    const own = values.slice(start, start + block);
    const mean = own.reduce((sum, one) => sum + one, 0) / block;
    const variance = own.reduce((sum, one) => sum + (one - mean) ** 2, 0) / block;
    const channel = Math.floor(at / size) % groups.channels;
    return ((value - mean) / Math.sqrt(variance + groups.epsilon)) * scale[channel]! + offset[channel]!;
  });
  return { shape, dtype: 'float32', values: normalised };
}
