/** The same net as a design, compiled and stepped by the engine itself, without telemetry. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '../../electron/files/fileSystem';
import type { SampleReader } from '../../electron/files/sampleReader';
import { writeSafetensors, type StoredTensor } from '../../electron/files/safetensors';
import { standardControls, type Runner, type Step } from '../../electron/trainer/engines/engine';
import { loadEngine } from '../../electron/trainer/engines/engines';
import { compile } from '../../shared/compile';
import { parseDesign } from '../../shared/design/parseDesign';
import { library } from '../../shared/library';
import type { CheckedProgram } from '../../shared/ir/program';
import { answerSamples } from '../childSide';
import * as net from './probeNet';

function stage(index: number): object[] {
  const filters = net.kernelShapes[index]![3];
  return [
    { id: `conv${index}`, layer: 'Conv2D', params: { filters, kernelSize: 3, padding: 'same', bias: false } },
    { id: `norm${index}`, layer: 'BatchNorm', params: { momentum: net.momentum, epsilon: net.epsilon } },
    { id: `relu${index}`, layer: 'ReLU' },
    { id: `pool${index}`, layer: 'MaxPool2D', params: { poolSize: 2 } },
  ];
}

function program(): CheckedProgram {
  const nodes = [
    { id: 'image', layer: 'Input', params: { shape: net.imageShape.slice(1), field: 'image' } },
    ...stage(0),
    ...stage(1),
    { id: 'flatten', layer: 'Flatten' },
    { id: 'logits', layer: 'Dense', params: { units: net.classes } },
    { id: 'output', layer: 'Output', params: { target: 'label' } },
  ] as { id: string }[];
  const wires = nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]!.id, to: id }));
  const optimizer = { type: 'adam', learningRate: net.learningRate, epsilon: 1e-7 };
  const training = { batchSize: net.batchSize, optimizer };
  const parsed = parseDesign(JSON.stringify({ netloom: 1, name: 'probe', nodes, wires, training }), 'probe');
  if (!('design' in parsed)) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const classes = Array.from({ length: net.classes }, (_, index) => String(index));
  const fields = [
    { name: 'image', shape: net.imageShape.slice(1), dtype: 'float32' as const },
    { name: 'label', shape: [], dtype: 'int32' as const, classes },
  ];
  const counts = { train: net.batchSize, validation: 0, test: 0 };
  const compiled = compile(parsed.design, library, { data: { fields, counts } });
  if (!compiled.program) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  return compiled.program;
}

function stored(shape: readonly number[], data: Float32Array): StoredTensor {
  return { dtype: 'F32', shape, data };
}

/** The net's first weights reach the engine as any weights do: from a file. */
async function loadWeights(runner: Runner): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const file = join(folder, 'weights.safetensors');
  const tensors = new Map<string, StoredTensor>([['weights/logits/kernel', stored(net.denseShape, net.denseValues())]]);
  net.kernelShapes.forEach((shape, at) => tensors.set(`weights/conv${at}/kernel`, stored(shape, net.kernelValues(at))));
  writeSafetensors(diskFiles, file, { metadata: {}, tensors });
  const { loaded } = await runner.load(file, { partial: true });
  rmSync(folder, { recursive: true });
  if (loaded.length !== tensors.size) throw new Error(`Only ${loaded.join(', ')} were taken.`);
}

async function main(): Promise<void> {
  const [images, labels] = [net.images(), net.labels()];
  const data: SampleReader = {
    count: () => net.batchSize,
    read: (field) => Promise.resolve(field === 'image' ? images : labels),
  };
  const engine = await loadEngine('wasm');
  const runner = await engine.open(program(), { data, controls: standardControls, ratioEvery: 0, telemetry: false });
  await loadWeights(runner);
  const everything = Uint32Array.from({ length: net.batchSize }, (_, index) => index);
  let index = 0;
  const run = async (count: number): Promise<number[]> => {
    const steps = Array.from({ length: count }, (): Step => {
      const controls = Float32Array.from([net.learningRate, 0, index + 1]);
      return { index: index++, microBatches: [everything], controls };
    });
    const { columns } = await runner.submit(steps, { aborted: false });
    const width = columns.scalarNames.length;
    return Array.from(
      { length: count },
      (_, row) => columns.scalars[row * width + columns.scalarNames.indexOf('loss')]!,
    );
  };
  answerSamples(await run(3), async () => {
    const start = performance.now();
    await run(net.stepsPerSample);
    return (performance.now() - start) / net.stepsPerSample;
  });
}

void main();
