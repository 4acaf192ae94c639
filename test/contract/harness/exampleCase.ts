/** An example of a layer with numbers in it: inputs, weights and upstream gradients that depend on its text alone. */
import { createHash } from 'node:crypto';
import type { WeightSpec } from '../../../shared/ir/initialiser';
import type { LayerDefinition, LayerExample, Types } from '../../../shared/ir/layerDefinition';
import { defaultsOf } from '../../../shared/ir/params';
import type { DataType, TensorType } from '../../../shared/ir/tensorType';
import { randomStream, type RandomStream } from '../../../shared/training/random';

export interface Numbers {
  shape: number[];
  dtype: DataType;
  values: number[];
}

export interface WeightNumbers extends Numbers {
  trainable: boolean;
}

export interface ExampleCase {
  layer: string;
  example: string;
  batch: number;
  params: Record<string, unknown>;
  inputs: Record<string, Numbers>;
  weights: Record<string, WeightNumbers>;
  /** Gradients that reach the outputs, by port. */
  upstream: Record<string, Numbers>;
}

/** What a symbolic size other than the batch becomes. */
const symbolicSize = 3;

/** Integer inputs lie in 0 .. 3: examples of layers that look things up have at least four things. */
const integerRange = 4;

export function sizesOf(type: TensorType, batch: number): number[] {
  return type.dims.map(({ name, size }) => {
    if (name === 'batch') return batch;
    return typeof size === 'number' ? size : symbolicSize;
  });
}

/** The parameters as a definition gets them: defaults filled in, every value parsed. */
export function parsedParams(definition: LayerDefinition, example: LayerExample): Record<string, unknown> {
  const params: Record<string, unknown> = { ...defaultsOf(definition.params) };
  for (const [name, value] of Object.entries(example.params)) {
    const parsed = definition.params[name]?.parse(value);
    if (!parsed || 'expected' in parsed) throw new Error(`${definition.type}, ${example.name}: ${name} is refused`);
    params[name] = parsed.value;
  }
  return params;
}

export function exampleCase(definition: LayerDefinition, example: LayerExample, batch: number): ExampleCase {
  const params = parsedParams(definition, example);
  const stream = randomStream(0, 'contract', definition.type, example.name, batch);
  const specs = definition.weights(params, example.inputs);
  return {
    layer: definition.type,
    example: example.name,
    batch,
    params,
    inputs: ofTypes(fedTypes(definition, example), batch, stream.derive('inputs')),
    weights: mapValues(specs, (spec, name) => weightNumbers(spec, stream.derive('weights', name))),
    upstream: ofTypes(example.outputs, batch, stream.derive('upstream')),
  };
}

/** An Input has no port to be wired: it is handed its samples under the name of its output. */
function fedTypes(definition: LayerDefinition, example: LayerExample): Types {
  return definition.inputs.length === 0 ? example.outputs : example.inputs;
}

/** Equal for equal cases; a committed vector carries it, so that one made from other numbers is found out. */
export function hashOf(example: ExampleCase): string {
  return createHash('sha256').update(JSON.stringify(example)).digest('hex').slice(0, 16);
}

function ofTypes(types: Types, batch: number, stream: RandomStream): Record<string, Numbers> {
  return mapValues(types, (type, port) => {
    const shape = sizesOf(type, batch);
    const values =
      type.dtype === 'float32' ? lattice(shape, stream.derive(port)) : integers(shape, stream.derive(port));
    return { shape, dtype: type.dtype, values: [...values] };
  });
}

/** Evenly spaced over (-2, 2) in random order: no two values are near each other, none is near 0, so kinks are far. */
function lattice(shape: readonly number[], stream: RandomStream): Float32Array {
  const count = elementsOf(shape);
  const order = stream.permutation(count);
  return Float32Array.from(order, (position) => ((position + 0.5) / count) * 4 - 2);
}

function integers(shape: readonly number[], stream: RandomStream): Float32Array {
  return stream.uniform(elementsOf(shape)).map((value) => Math.floor(value * integerRange));
}

/** Around 1 for scales and variances (which must be positive), around 0 for all else. */
function weightNumbers({ shape, initialiser, trainable }: WeightSpec, stream: RandomStream): WeightNumbers {
  const centre = initialiser.type === 'ones' ? 1 : 0;
  const values = stream.uniform(elementsOf(shape)).map((value) => centre + value - 0.5);
  return { shape: [...shape], dtype: 'float32', values: [...values], trainable };
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function mapValues<From, To>(
  record: Record<string, From>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
