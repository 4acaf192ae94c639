/**
 * Runs exported TensorFlow.js folders and writes down what they compute; nothing is judged here. Started with the tsx of
 * the first folder, so that their TypeScript is read as it is: `runExported.cjs JOB.json`.
 */
import type * as tf from '@tensorflow/tfjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { diskFiles } from '../../../files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../files/safetensors';
import type { JobExport } from '../verifyJob';

type Library = typeof tf;
type Tensors = Map<string, StoredTensor>;

/** What a folder offers. */
interface Modules {
  model: { createModel: () => tf.LayersModel };
  weights: { loadWeights: (model: tf.LayersModel, folder: string) => void };
  train: {
    outputsOf: (model: tf.LayersModel, inputs: tf.Tensor[], training?: boolean) => tf.Tensor[];
    lossOf: (outputs: tf.Tensor[], targets: tf.Tensor[]) => tf.Scalar;
    createOptimizer: (model: tf.LayersModel) => tf.Optimizer;
  };
}

interface Field {
  shape: number[];
  values: Float32Array | Int32Array;
}

interface DataModule {
  loadPart: (part: 'train') => { size: number; inputs: Field[]; targets: Field[] } | null;
}

interface Opened {
  core: Library;
  modules: Modules;
  job: JobExport;
  ours: ReadonlyMap<string, StoredTensor>;
  found: Tensors;
}

async function main(file: string): Promise<void> {
  const job = JSON.parse(readFileSync(file, 'utf8')) as { report: string; exports: JobExport[] };
  const errors: unknown[] = [];
  let versions: Record<string, string> = {};
  for (const [at, each] of job.exports.entries()) {
    const error = await runOne(each).catch((thrown: unknown) => describe(thrown, each.folder));
    if (error === null) versions = versionsOf(each.folder);
    errors.push(error);
    process.stdout.write(`${JSON.stringify({ done: at + 1, of: job.exports.length, failed: error !== null })}\n`);
  }
  writeFileSync(job.report, JSON.stringify({ versions: { node: process.versions.node, ...versions }, errors }));
}

async function runOne(job: JobExport): Promise<null> {
  const load = createRequire(join(job.folder, 'package.json'));
  const core = load('@tensorflow/tfjs') as Library;
  await startBackend(core, load);
  const modules = {
    model: load(join(job.folder, 'model.ts')) as Modules['model'],
    weights: load(join(job.folder, 'weights.ts')) as Modules['weights'],
    train: job.steps > 0 ? (load(join(job.folder, 'train.ts')) as Modules['train']) : plainOutputs,
  };
  const ours = readSafetensors(diskFiles, job.ours).tensors;
  const opened: Opened = { core, modules, job, ours, found: new Map() };
  core.engine().startScope();
  try {
    const model = modules.model.createModel();
    modules.weights.loadWeights(model, job.folder);
    for (const layer of model.layers) if ('rate' in layer) Object.assign(layer, { rate: 0 });
    addState(opened, 'loaded/', model);
    addOutputs(opened, 'exported', model);
    setState(opened, model, 'weights/0/');
    addOutputs(opened, 'start', model);
    if (job.steps > 0) {
      addData(opened, load(join(job.folder, 'data.ts')) as DataModule);
      takeSteps(opened, model);
    }
    addFirstValues(opened);
    model.dispose();
  } finally {
    core.engine().endScope();
    core.disposeVariables();
  }
  writeSafetensors(diskFiles, job.theirs, { metadata: {}, tensors: opened.found });
  return null;
}

/** TensorFlow's library where the folder has it, else plain JavaScript, which is slow and just as right. */
async function startBackend(core: Library, load: NodeJS.Require): Promise<void> {
  if (core.getBackend() !== undefined && core.getBackend() !== '') return;
  try {
    load('@tensorflow/tfjs-node');
  } catch {
    await core.setBackend('cpu');
  }
  await core.ready();
}

const plainOutputs: Modules['train'] = {
  outputsOf: (model, inputs) => {
    const outputs = model.apply(inputs, { training: false }) as tf.Tensor | tf.Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  },
  lossOf: nothing,
  createOptimizer: nothing,
};

function nothing(): never {
  throw new Error('the folder has no training script');
}

function addOutputs({ core, modules, job, ours, found }: Opened, at: string, model: tf.LayersModel): void {
  core.tidy(() => {
    const inputs = job.inputs.map((_, input) => tensorOf(core, ours.get(`inputs/${input}`)));
    modules.train
      .outputsOf(model, inputs)
      .forEach((output, head) => found.set(`outputs/${at}/${head}`, stored(output)));
  });
}

/** The first samples as the folder's own script reads them. */
function addData({ job, found }: Opened, { loadPart }: DataModule): void {
  const part = loadPart('train');
  if (!part) return;
  const samples = job.batchSize * job.steps;
  const add = (kind: string, fields: Field[]): void =>
    fields.forEach(({ shape, values }, at) => {
      const size = shape.reduce((product, each) => product * each, 1);
      const data = new Float32Array(samples * size);
      for (let row = 0; row < samples; row += 1) {
        const from = row % part.size;
        data.set(values.subarray(from * size, (from + 1) * size), row * size);
      }
      found.set(`data/${kind}/${at}`, { dtype: 'F32', shape: [samples, ...shape], data });
    });
  add('inputs', part.inputs);
  add('targets', part.targets);
}

/** Each step begins with our weights, and its optimizer is given our gradients: so no difference is handed on. */
function takeSteps(opened: Opened, model: tf.LayersModel): void {
  const { core, modules, job, ours, found } = opened;
  const { outputsOf, lossOf, createOptimizer } = modules.train;
  const optimizer = createOptimizer(model);
  found.set('rate', number((optimizer as unknown as { learningRate: number }).learningRate));
  const names = new Map(
    model.trainableWeights.map((weight) => [(weight.read() as tf.Variable).name, weight.originalName]),
  );
  for (let step = 0; step < job.steps; step += 1) {
    setState(opened, model, `weights/${step}/`);
    core.tidy(() => {
      const batch = (kind: string, all: readonly string[]): tf.Tensor[] =>
        all.map((_, at) => tensorOf(core, ours.get(`${kind}/${at}`), step * job.batchSize, job.batchSize));
      const [inputs, targets] = [batch('inputs', job.inputs), batch('targets', job.outputs)];
      const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { value, grads } = core.variableGrads(() => lossOf(outputsOf(model, inputs, true), targets), variables);
      found.set(`loss/${step}`, number(value.dataSync()[0] ?? NaN));
      const given: tf.NamedTensorMap = {};
      for (const [variable, name] of names) {
        const gradient = grads[variable];
        if (gradient) found.set(`gradients/${step}/${name}`, stored(gradient));
        const own = ours.get(`gradients/${step}/${name}`);
        if (own) given[variable] = tensorOf(core, own);
      }
      optimizer.applyGradients(clipped(core, given, job.clipNorm));
    });
    addState(opened, `after/${step}/`, model);
    addSlots(opened, step, optimizer, names);
  }
}

/** As the training script does: all gradients together. */
function clipped(core: Library, gradients: tf.NamedTensorMap, clipNorm: number): tf.NamedTensorMap {
  if (clipNorm === 0) return gradients;
  const norm = core.sqrt(core.addN(Object.values(gradients).map((each) => core.sum(core.square(each)))));
  const factor = core.minimum(1, core.div(clipNorm, core.add(norm, 1e-6)));
  return Object.fromEntries(Object.entries(gradients).map(([name, each]) => [name, core.mul(each, factor)]));
}

/** The library's optimizers keep lists of {originalName: "<variable>/<slot>", variable}. */
function addSlots(
  { job, found }: Opened,
  step: number,
  optimizer: tf.Optimizer,
  names: ReadonlyMap<string, string>,
): void {
  const kept = Object.values(optimizer).flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []));
  for (const entry of kept) {
    const { originalName, variable } = entry as { originalName?: string; variable?: tf.Variable };
    if (originalName === undefined || !variable) continue;
    const at = originalName.lastIndexOf('/');
    const [name, slot] = [names.get(originalName.slice(0, at)), job.slots[originalName.slice(at + 1)]];
    if (name !== undefined && slot !== undefined) found.set(`slots/${step}/${slot}/${name}`, stored(variable));
  }
}

function addFirstValues({ core, modules, job, found }: Opened): void {
  const sums = new Map<string, [number, number, number]>();
  for (let count = 0; count < job.freshModels; count += 1) {
    core.tidy(() => {
      const model = modules.model.createModel();
      for (const weight of model.weights) {
        const before = sums.get(weight.originalName) ?? [0, 0, 0];
        for (const value of weight.read().dataSync()) {
          before[0] += 1;
          before[1] += value;
          before[2] += value * value;
        }
        sums.set(weight.originalName, before);
      }
      model.dispose();
    });
  }
  for (const [name, moments] of sums)
    found.set(`fresh/${name}`, { dtype: 'F64', shape: [3], data: Float64Array.from(moments) });
}

function addState({ found }: Opened, start: string, model: tf.LayersModel): void {
  for (const weight of model.weights) found.set(start + weight.originalName, stored(weight.read()));
}

function setState({ core, ours }: Opened, model: tf.LayersModel, start: string): void {
  for (const weight of model.weights) {
    const own = ours.get(start + weight.originalName);
    if (own) core.tidy(() => void weight.write(tensorOf(core, own)));
  }
}

function tensorOf(core: Library, given: StoredTensor | undefined, from = 0, count?: number): tf.Tensor {
  if (!given) throw new Error('a tensor of the job is missing');
  const [samples = 1, ...rest] = given.shape;
  const size = given.data.length / Math.max(1, samples);
  const data = given.data as Float32Array | Int32Array;
  const values = count === undefined ? data : data.subarray(from * size, (from + count) * size);
  const shape = count === undefined ? [...given.shape] : [count, ...rest];
  return core.tensor(values, shape, given.dtype === 'I32' ? 'int32' : 'float32');
}

function stored(tensor: tf.Tensor): StoredTensor {
  return { dtype: 'F32', shape: [...tensor.shape], data: Float32Array.from(tensor.dataSync()) };
}

function number(value: number): StoredTensor {
  return { dtype: 'F64', shape: [], data: Float64Array.of(value) };
}

function versionsOf(folder: string): Record<string, string> {
  const load = createRequire(join(folder, 'package.json'));
  const version = (name: string): string => (load(`${name}/package.json`) as { version: string }).version;
  return { '@tensorflow/tfjs': version('@tensorflow/tfjs') };
}

function describe(error: unknown, folder: string): { message: string; place: string | null; trace: string } {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frame = stack.split('\n').find((line) => line.includes(folder + sep) && !line.includes('node_modules'));
  const place = frame ? (/([^/\\]+\.ts:\d+)/.exec(frame)?.[1] ?? null) : null;
  return { message: `${name}: ${message}`.slice(0, 2000), place, trace: stack.slice(0, 4000) };
}

void main(process.argv[2] ?? '');
