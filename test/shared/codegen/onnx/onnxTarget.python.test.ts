/** The exported folder: evaluate.py says the loss and the metrics that the engine says, and names never become code. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { writeNpy } from '../../../../electron/files/writeNpy';
import { loadBackend } from '../../../../electron/trainer/engines/tfjs/backend';
import {
  addLosses,
  addMetrics,
  createHeadSums,
  sampleLosses,
  weightedLoss,
} from '../../../../electron/trainer/engines/tfjs/lossSums';
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { onnxTarget } from '../../../../shared/codegen/onnx/onnxTarget';
import { textOf } from '../../../../shared/codegen/sourceFile';
import type { Ops } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { FieldInfo } from '../../../../shared/ir/trainingDefinitions';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf, type Numbers } from '../../../contract/harness/exampleCase';
import { testPython } from '../../../drivers/testPython';
import { tinyProgram } from '../../../contract/runner/tinyProgram';
import { engineOutputs, samplesOf, valuesOf } from '../programNumbers';
import { evaluationDesigns, samples, type EvaluationDesign } from './evaluationDesigns';
import { runEvaluations } from './onnxPython';

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

describe('evaluate.py', () => {
  it('says what the engine says, for every loss, every metric and every kind of target', async () => {
    const designs = evaluationDesigns();
    const folders = await Promise.all(designs.map(writeFolder));
    const { means } = await runEvaluations({ folders });
    designs.forEach(({ label, ...design }, at) => {
      const expected = engineMeans(design);
      expect(Object.keys(means[at]!), label).toEqual(Object.keys(expected));
      for (const [name, value] of Object.entries(expected))
        expect(means[at]![name], `${label}: ${name}`).toBeCloseTo(value, 4);
    });
  });

  it('runs by itself, and says in a sentence which data are missing', async () => {
    const folder = await writeFolder(evaluationDesigns()[0]!);
    const said = execFileSync(testPython(), ['evaluate.py'], { cwd: folder, encoding: 'utf8' });
    expect(said).toMatch(/^loss: [\d.]+\naccuracy: [\d.]+\ntopK: [\d.]+\nconfusionMatrix: [\d.]+\n$/);
    expect(() => execFileSync(testPython(), ['evaluate.py', 'validation'], { cwd: folder, stdio: 'pipe' })).toThrow(
      /validation_image\.npy is missing: put the samples there as a NumPy array\.\n$/,
    );
  });

  it('has one syntax tree, whatever nodes, fields and the design are called', async () => {
    const plain = scriptOf({ design: 'plain', input: 'image', output: 'scores', field: 'label' });
    const hard = fc.constantFrom(
      '"""\nimport os',
      "'; os",
      '\\',
      '{x}',
      '#',
      '层',
      'import',
      'np',
      '\u2028',
      '\ud800',
      '__main__',
    );
    const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), hard);
    const drawn = fc.sample(fc.record({ design: name, input: name, output: name, field: name }), 2000);
    const { shapes } = await runEvaluations({ scripts: [plain, ...drawn.map(scriptOf)] });
    const other = drawn.filter((_, at) => shapes[at + 1] !== shapes[0]);
    expect(other).toEqual([]);
    expect(shapes).toHaveLength(2001);
  });
});

function exported(program: CheckedProgram): ExportFolder {
  const source = { file: 'a design.netloom', hash: 'f'.repeat(64) };
  const result = onnxTarget.write({ program, source, values: valuesOf(program), opset: 18, version: '0.0.0' });
  if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
  return result.folder;
}

interface Called {
  design: string;
  input: string;
  output: string;
  field: string;
}

const plainProgram = tinyProgram({
  layers: [
    { id: 'a', layer: 'Input', params: { shape: [2], field: 'point' } },
    { id: 'b', layer: 'Dense', params: { units: 3 } },
    { id: 'c', layer: 'Output' },
  ],
  data: {
    fields: [
      { name: 'point', shape: [2], dtype: 'float32' },
      { name: 'label', shape: [], dtype: 'int32', classes: ['1', '2', '3'] },
    ],
    counts: { train: 1, validation: 1, test: 1 },
  },
});

function scriptOf({ design, input, output, field }: Called): string {
  const { feeds, heads } = plainProgram;
  const named = {
    ...plainProgram,
    name: design,
    feeds: feeds.map((feed) => ({ ...feed, name: input })),
    heads: heads.map((head) => ({ ...head, name: output, target: { ...head.target!, name: field } })),
  };
  const script = exported(named).files.find(({ path }) => path === 'evaluate.py');
  return textOf(script!);
}

async function writeFolder({ program, fields }: EvaluationDesign): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-onnx-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { files, binaries } = exported(program);
  for (const file of files) writeFileSync(join(folder, file.path), textOf(file));
  for (const [path, bytes] of binaries ?? []) writeFileSync(join(folder, path), bytes);
  mkdirSync(join(folder, 'data'));
  for (const field of fields) {
    const { shape, dtype, values } = dataOf(program, field);
    const array = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
    const file = join(folder, 'data', `test_${field.name}.npy`);
    await writeNpy(diskFiles, file, { dtype: dtype as 'int32' | 'float32', shape }, oneOf(array));
  }
  return folder;
}

async function* oneOf<Item>(item: Item): AsyncGenerator<Item> {
  yield await Promise.resolve(item);
}

/** Samples for fields of inputs; targets are classes, or numbers between 0 and 1. */
function dataOf(program: CheckedProgram, field: FieldInfo): Numbers {
  const feed = program.feeds.find((each) => each.field === field.name);
  const own = feed && samplesOf(program, samples).get(feed.path);
  if (own) return own;
  const shape = [samples, ...field.shape];
  const unit = randomStream(3, 'targets', field.name).uniform(elementsOf(shape));
  const count = field.classes?.length;
  const values = [...unit.map((value) => (count ? Math.floor(value * count) : value))];
  return { shape, dtype: field.dtype, values };
}

/** Under the labels of the script, in its order. */
function engineMeans({ program, fields }: Omit<EvaluationDesign, 'label'>): Record<string, number> {
  const outputs = engineOutputs(ops, program, valuesOf(program), samplesOf(program, samples));
  const sums = createHeadSums(program.heads);
  const means: Record<string, number> = {};
  const several = program.heads.length > 1;
  program.heads.forEach((head, at) => {
    const field = fields.find(({ name }) => name === head.target?.name)!;
    ops.tidy(() => {
      const [output, target] = [outputs.get(head.path)!, dataOf(program, field)].map(({ values, shape, dtype }) =>
        ops.tensor(values, shape, dtype),
      );
      addLosses(ops, sums[at]!, sampleLosses(ops, head, output!, target!));
      addMetrics(ops, head, sums[at]!, output!, target!, true);
    });
    const prefix = several ? `${head.name} ` : '';
    means[`${prefix}loss`] = sums[at]!.lossSum / samples;
    head.metrics.forEach(({ definition, params }, index) => {
      const { main } = definition.finish(params, sums[at]!.metrics[index]!);
      means[prefix + definition.type] = main;
    });
  });
  if (several) means.loss = weightedLoss(program.heads, sums, samples);
  return means;
}
