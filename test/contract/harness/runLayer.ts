/** Builds one layer on tensors of a case and reads back what it gives: outputs, updates, gradients. */
import type { Built, LayerDefinition, LayerRandom, Mode, Ops, Tensor } from '../../../shared/ir/layerDefinition';
import { randomStream } from '../../../shared/training/random';
import { elementsOf, mapValues, type ExampleCase, type Numbers } from './exampleCase';

export type Tensors = Record<string, Tensor>;

/** Everything of a case that a layer computes with, as tensors of the current backend. */
export interface CaseTensors {
  inputs: Tensors;
  weights: Tensors;
  upstream: Tensors;
}

export interface Results {
  outputs: Record<string, Numbers>;
  updates: Record<string, Numbers>;
}

export interface Gradients {
  inputs: Record<string, Numbers>;
  weights: Record<string, Numbers>;
}

export function tensorsOf(ops: Ops, example: ExampleCase): CaseTensors {
  const make = (numbers: Numbers): Tensor => ops.tensor(numbers.values, numbers.shape, numbers.dtype);
  return {
    inputs: mapValues(example.inputs, make),
    weights: mapValues(example.weights, make),
    upstream: mapValues(example.upstream, make),
  };
}

/** The random numbers that a layer gets for a name; the same for every batch that it asks them for. */
export function randomNumbers(example: ExampleCase, name: string, shape: readonly number[]): Numbers {
  const values = randomStream(0, 'contract random', example.layer, example.example, name).uniform(elementsOf(shape));
  return { shape: [...shape], dtype: 'float32', values: [...values] };
}

function randomOf(ops: Ops, example: ExampleCase): LayerRandom {
  return {
    uniform: (name, shape) => {
      const numbers = randomNumbers(example, name, shape);
      return ops.tensor(numbers.values, numbers.shape, 'float32');
    },
  };
}

export function build(
  ops: Ops,
  definition: LayerDefinition,
  example: ExampleCase,
  tensors: CaseTensors,
  mode: Mode,
): Built {
  const { inputs, weights } = tensors;
  const params = example.params as never;
  return definition.build(ops, { params, inputs, weights, mode, random: randomOf(ops, example) });
}

export function read(tensor: Tensor): Numbers {
  return { shape: [...tensor.shape], dtype: tensor.dtype as Numbers['dtype'], values: [...tensor.dataSync()] };
}

/** What the layer gives in one mode. */
export function runLayer(ops: Ops, definition: LayerDefinition, example: ExampleCase, mode: Mode): Results {
  let results: Results = { outputs: {}, updates: {} };
  ops.tidy(() => {
    const built = build(ops, definition, example, tensorsOf(ops, example), mode);
    results = { outputs: mapValues(built.outputs, read), updates: mapValues(built.updates ?? {}, read) };
  });
  return results;
}

/** The sum of outputs times upstream gradients, as the tensor that is differentiated. */
function weightedSum(ops: Ops, definition: LayerDefinition, example: ExampleCase, tensors: CaseTensors): Tensor {
  const { outputs } = build(ops, definition, example, tensors, 'train');
  const terms = Object.entries(outputs).map(([port, output]) => ops.sum(ops.mul(output, tensors.upstream[port]!)));
  return ops.addN(terms);
}

/** The same sum in double precision, so that differences of it are differences of the outputs. */
export function preciseSum(ops: Ops, definition: LayerDefinition, example: ExampleCase, tensors: CaseTensors): number {
  let total = 0;
  ops.tidy(() => {
    const { outputs } = build(ops, definition, example, tensors, 'train');
    for (const [port, output] of Object.entries(outputs)) {
      const upstream = example.upstream[port]!.values;
      output.dataSync().forEach((value, index) => (total += value * upstream[index]!));
    }
  });
  return total;
}

/** Gradients of the weighted sum with respect to every real input and every trainable weight, in training mode. */
export function gradientsOf(ops: Ops, definition: LayerDefinition, example: ExampleCase): Gradients {
  const gradients: Gradients = { inputs: {}, weights: {} };
  ops.tidy(() => {
    const tensors = tensorsOf(ops, example);
    const wanted = differentiated(example);
    const sum = (...values: Tensor[]): Tensor => {
      const replaced = { ...tensors, inputs: { ...tensors.inputs }, weights: { ...tensors.weights } };
      wanted.forEach(({ kind, name }, index) => (replaced[kind][name] = values[index]!));
      return weightedSum(ops, definition, example, replaced);
    };
    if (wanted.length === 0) return;
    const results = ops.grads(sum)(wanted.map(({ kind, name }) => tensors[kind][name]!));
    wanted.forEach(({ kind, name }, index) => (gradients[kind][name] = read(results[index]!)));
  });
  return gradients;
}

export interface Differentiated {
  kind: 'inputs' | 'weights';
  name: string;
}

/** What gradients exist for: inputs of real numbers and trainable weights. */
export function differentiated(example: ExampleCase): Differentiated[] {
  const inputs = Object.keys(example.inputs).filter((name) => example.inputs[name]!.dtype === 'float32');
  const weights = Object.keys(example.weights).filter((name) => example.weights[name]!.trainable);
  return [
    ...inputs.map((name) => ({ kind: 'inputs' as const, name })),
    ...weights.map((name) => ({ kind: 'weights' as const, name })),
  ];
}
