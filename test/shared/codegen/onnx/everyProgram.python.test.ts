/** Every example of every layer, every sample and every hand-written design gives in ONNX Runtime what the engine gives. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../electron/trainer/engines/tfjs/backend';
import { describeModel } from '../../../../shared/codegen/onnx/describeModel';
import { encodeModel } from '../../../../shared/codegen/onnx/encodeModel';
import { graphOfProgram, type OnnxProgram } from '../../../../shared/codegen/onnx/graphOfProgram';
import { onnxOpsets } from '../../../../shared/codegen/onnx/opsets';
import type { Ops } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { inversePermutation } from '../../../../shared/ir/emit/transform';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { layerRegistry } from '../../../../shared/layers/registry';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { difference } from '../../../contract/harness/vectors';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exampleProgram } from '../exampleProgram';
import { hardDesigns } from '../hardDesigns';
import { engineOutputs, samplesOf, valuesOf, withAxes } from '../programNumbers';
import { askOnnx, type OnnxJob, type OnnxVerdict } from './onnxPython';

const batches = [1, 7];

interface Labelled {
  label: string;
  program: CheckedProgram;
}

interface Case extends Labelled {
  written: OnnxProgram;
}

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

describe('in ONNX Runtime and in the engine', () => {
  it('every example of every layer is the same, in the oldest, the usual and the newest opset', async () => {
    const examples = layerRegistry.list.flatMap((definition) =>
      definition.examples.map((example) => ({
        label: `${definition.type}: ${example.name}`,
        program: exampleProgram(definition, example),
      })),
    );
    expect(examples.length).toBeGreaterThan(80);
    expect(await findings(examples, [17, 18, 21])).toEqual([]);
  });

  it('every design of which axes, orders and weights are hard to carry over is the same', async () => {
    const designs = hardDesigns();
    expect(designs.length).toBeGreaterThan(20);
    expect(await findings(designs, [17, 18, 21])).toEqual([]);
  });

  it('every sample and every hand-written design is the same, in every opset', async () => {
    const designs: Labelled[] = [];
    for (const label of goldenNames) {
      const { program, data } = await openGolden(label);
      data?.close();
      designs.push({ label, program });
    }
    expect(designs.length).toBeGreaterThan(12);
    expect(await findings(designs, onnxOpsets)).toEqual([]);
  });
});

/** What is wrong, in sentences; all models are judged in one Python process. */
async function findings(labelled: readonly Labelled[], opsets: readonly number[]): Promise<string[]> {
  const cases = labelled.flatMap(({ label, program }) =>
    opsets.map((opset): Case => ({ label: `${label}, opset ${opset}`, program, written: writtenOnnx(program, opset) })),
  );
  const { jobs } = await askOnnx({ jobs: cases.map(({ program, written }) => jobOf(program, written)) });
  return cases.flatMap((each, at) => judged(each, jobs[at]!).map((wrong) => `${each.label}: ${wrong}`));
}

function judged(each: Case, verdict: OnnxVerdict): string[] {
  if (verdict.error !== null) return [verdict.error];
  const stated = Object.fromEntries(each.written.model.outputs.map(({ name, dims }) => [name, dims]));
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...(same(verdict.shapes, stated) ? [] : [`shapes are ${JSON.stringify(verdict.shapes)}`]),
    ...(same(verdict.listed, verdict.nodes) ? [] : ['the list is not the graph']),
    ...weightFindings(each),
    ...outputFindings(each, verdict),
  ];
}

function outputFindings({ program, written }: Case, { outputs }: OnnxVerdict): string[] {
  return batches.flatMap((batch, index) => {
    const ours = engineOutputs(ops, program, valuesOf(program), samplesOf(program, batch));
    const compared = written.outputs.map(({ path, name, layout }) => {
      const theirs = withAxes(outputs[index]![name]!, inversePermutation(layout.axes));
      const reference = ours.get(path)!;
      ours.delete(path);
      const found = difference(theirs, reference);
      return found === null ? [] : [`${name} of ${batch} ${found}`];
    });
    return [...compared.flat(), ...[...ours.keys()].map((path) => `the Output ${path} is missing`)];
  });
}

/** Every weight of the program is there, and every node and weight knows where it came from. */
function weightFindings({ program, written: { weights, model } }: Case): string[] {
  const theirs = new Set(weights.flatMap(({ group, twin }) => twin.ours.map(({ name }) => `${group}/${name}`)));
  const missing = weightPlaces(program).filter(({ key }) => !theirs.has(key));
  const names = new Set(model.initialisers.map(({ name }) => name));
  return [
    ...missing.map(({ key }) => `the weight ${key} is missing`),
    ...weights.filter(({ name }) => !names.has(name)).map(({ name }) => `the initialiser ${name} is missing`),
    ...[...model.nodes, ...model.initialisers]
      .filter(({ origin }) => !origin)
      .map(({ name }) => `${name} knows no node`),
  ];
}

function writtenOnnx(program: CheckedProgram, opset: number): OnnxProgram {
  const source = { file: 'design.netloom', hash: '0'.repeat(64) };
  const result = graphOfProgram({ program, source, values: valuesOf(program), opset, version: '0.0.0' });
  if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
  return result;
}

function jobOf(program: CheckedProgram, { model, inputs }: OnnxProgram): OnnxJob {
  const bytes = encodeModel(model);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.message);
  const listing = describeModel(model).map(({ text }) => text);
  const feeds = batches.map((batch) => {
    const samples = samplesOf(program, batch);
    const entries = inputs.map(({ path, name, layout }): [string, Numbers] => [
      name,
      withAxes(samples.get(path)!, layout.axes),
    ]);
    return Object.fromEntries(entries);
  });
  return { model: bytes, listing: listing.join('\n'), feeds };
}
