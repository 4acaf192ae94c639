/**
 * The least that training takes: the definitions' own build functions, the same batches, gradients and optimizer, and the
 * same judgement of the validation part. No norms, no ratios, no log, no events, no checkpoints, no order of submissions.
 */
import type { Part } from '../../shared/ir/dataSetDefinition';
import { flatten } from '../../shared/ir/flatten';
import type { Mode, Ops, Tensor } from '../../shared/ir/layerDefinition';
import type { CheckedProgram, Head } from '../../shared/ir/program';
import { initialise } from '../../shared/layers/initialisers';
import { randomStream } from '../../shared/training/random';
import type { SampleReader } from '../../electron/files/sampleReader';
import { loadBackend, type BackendName, type TensorLibrary } from '../../electron/trainer/engines/tfjs/backend';
import { gradientsOf } from '../../electron/trainer/engines/tfjs/gradientsOf';
import { epochBatches } from '../../electron/trainer/loop/epochBatches';
import { learningRateAt } from '../../electron/trainer/loop/stepControls';

type Tensors = Record<string, Tensor>;

interface Weight {
  name: string;
  value: Tensor;
  slots: Tensors;
  trainable: boolean;
  decayed: boolean;
}

interface Net {
  core: TensorLibrary;
  program: CheckedProgram;
  data: SampleReader;
  weights: Map<string, Weight[]>;
  learning: Weight[];
}

/** The whole training without loading and initialising; `losses` are of the validation part after every epoch. */
export async function trainBare(
  program: CheckedProgram,
  data: SampleReader,
  backend: BackendName = 'wasm',
): Promise<{ milliseconds: number; losses: number[] }> {
  const net = await createNet(program, data, backend);
  const { training } = program;
  const began = performance.now();
  const history: number[] = [];
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const batches = epochBatches(data.count('train'), training, epoch);
    for (let position = 0; position < batches.length; position++) {
      const step = epoch * batches.length + position;
      // Engines are handed the rate as float32.
      const learningRate = Math.fround(learningRateAt(training, { step, stepsPerEpoch: batches.length, history }));
      const [indices] = batches.microBatches(position);
      await trainStep(net, indices!, step, learningRate);
    }
    history.push(await judge(net, 'validation', false));
  }
  await judge(net, 'validation', true);
  await judge(net, 'test', true);
  const milliseconds = performance.now() - began;
  for (const { value, slots } of [...net.weights.values()].flat()) net.core.dispose([value, ...Object.values(slots)]);
  return { milliseconds, losses: history };
}

async function createNet(program: CheckedProgram, data: SampleReader, backend: BackendName): Promise<Net> {
  const core = await loadBackend(backend);
  const { seed, optimizer } = program.training;
  const slotNames = optimizer.definition.slots(optimizer.params);
  const weights = new Map<string, Weight[]>();
  for (const { group, layer } of flatten(program)) {
    if (weights.has(group)) continue;
    const made = Object.entries(layer.weights).map(([name, spec]): Weight => {
      const values = initialise(spec, randomStream(seed, 'init', group, name));
      const zeros = (): Tensor => core.keep(core.zeros([...spec.shape]));
      const { trainable, decayed } = spec;
      const slots = trainable ? Object.fromEntries(slotNames.map((slot) => [slot, zeros()])) : {};
      return { name, value: core.keep(core.tensor(values, [...spec.shape])), slots, trainable, decayed };
    });
    weights.set(group, made);
  }
  const learning = [...weights.values()].flat().filter(({ trainable }) => trainable);
  return { core, program, data, weights, learning };
}

async function trainStep(net: Net, indices: Uint32Array, step: number, learningRate: number): Promise<void> {
  const { core, program, learning } = net;
  const batch = await readBatch(net, 'train', indices);
  const { definition, params } = program.training.optimizer;
  const updates = new Map<Weight, Tensor>();
  core.tidy(() => {
    const inputs = batch();
    const loss = (): Tensor => {
      const outputs = forward(net, inputs, 'train', step, updates);
      const parts = program.heads.map((head, at) =>
        core.mul(core.sum(lossOf(core, head, outputs[at]!, inputs)), head.weight / indices.length),
      );
      return parts.length === 1 ? parts[0]! : core.addN(parts);
    };
    const gradients = gradientsOf(
      core,
      loss,
      learning.map(({ value }) => value),
    );
    learning.forEach((weight, at) => {
      const { value, slots, decayed } = weight;
      const gradient = gradients[at]!;
      const context = { ops: core, weight: value, gradient, slots, learningRate, decayed, updateIndex: step + 1 };
      const next = core.tidy(() => definition.update(params, context));
      replace(core, weight, next.weight);
      for (const [slot, tensor] of Object.entries(next.slots)) {
        weight.slots[slot]!.dispose();
        weight.slots[slot] = core.keep(tensor);
      }
    });
    for (const [weight, tensor] of updates) replace(core, weight, tensor);
  });
}

function replace(core: TensorLibrary, weight: Weight, tensor: Tensor): void {
  weight.value.dispose();
  weight.value = core.keep(tensor);
}

/** The mean loss over a part, in chunks of the batch size, with its metrics. */
async function judge(net: Net, part: Part, full: boolean): Promise<number> {
  const { core, program, data } = net;
  const count = data.count(part);
  const { batchSize } = program.training;
  let sum = 0;
  for (let from = 0; from < count; from += batchSize) {
    const size = Math.min(batchSize, count - from);
    const batch = await readBatch(
      net,
      part,
      Uint32Array.from({ length: size }, (_, at) => from + at),
    );
    core.tidy(() => {
      const inputs = batch();
      const outputs = forward(net, inputs, 'evaluate', 0, new Map());
      program.heads.forEach((head, at) => {
        sum += core.sum(lossOf(core, head, outputs[at]!, inputs)).dataSync()[0]!;
        const loss = { type: head.loss.definition.type, params: head.loss.params };
        for (const { definition, params } of head.metrics)
          if (full || !definition.evaluationOnly)
            definition.build(core, params, outputs[at]!, inputs[head.target!.name]!, loss).dataSync();
      });
    });
  }
  return sum / count;
}

function lossOf(ops: Ops, { loss, target }: Head, output: Tensor, inputs: Tensors): Tensor {
  return loss.definition.build(ops, loss.params, output, inputs[target!.name]!);
}

/** All fields of a batch by name, as a function that makes the tensors. */
async function readBatch(net: Net, part: Part, indices: Uint32Array): Promise<() => Tensors> {
  const { core, program, data } = net;
  const shapes = new Map<string, readonly number[]>(program.heads.map(({ target }) => [target!.name, target!.shape]));
  for (const { path, field } of program.feeds) {
    const node = program.main.nodes.find(({ id }) => id === path)!;
    const sizes = Object.values(node.outputTypes)[0]!
      .dims.slice(1)
      .map(({ size }) => size as number);
    shapes.set(field, sizes);
  }
  const read = await Promise.all([...shapes.keys()].map((field) => data.read(field, part, indices)));
  return () =>
    Object.fromEntries(
      [...shapes].map(([field, shape], at) => [field, core.tensor(read[at]!, [indices.length, ...shape])]),
    );
}

function forward(net: Net, inputs: Tensors, mode: Mode, step: number, updates: Map<Weight, Tensor>): Tensor[] {
  const { core, program, weights } = net;
  const values = new Map<string, Tensor>();
  const fields = new Map(program.feeds.map(({ path, field }) => [path, field]));
  for (const { path, layer, inputs: keys, group } of flatten(program)) {
    const field = fields.get(path);
    const own = weights.get(group) ?? [];
    const given =
      field === undefined ? Object.entries(keys).map(([port, key]) => [port, values.get(key)!] as const) : [];
    const built = core.tidy(() => {
      const random = {
        uniform: (name: string, shape: readonly number[]): Tensor => {
          const stream = randomStream(program.training.seed, 'layer', step, 0, path, name);
          const size = shape.reduce((product, length) => product * length, 1);
          return core.tensor(stream.uniform(size), [...shape]);
        },
      };
      const result = layer.definition.build(core, {
        params: layer.params,
        inputs: field === undefined ? Object.fromEntries(given) : { output: inputs[field]! },
        weights: Object.fromEntries(own.map(({ name, value }) => [name, value])),
        mode,
        random,
      });
      for (const [name, tensor] of Object.entries(mode === 'train' ? (result.updates ?? {}) : {}))
        updates.set(
          own.find((weight) => weight.name === name)!,
          core.keep(tensor),
        );
      return result.outputs;
    });
    for (const [port, tensor] of Object.entries(built)) values.set(`${path}:${port}`, tensor);
  }
  return program.heads.map(({ path }) => values.get(`${path}:output`)!);
}
