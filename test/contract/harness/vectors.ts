/** The committed reference vectors: what PyTorch computed in float64 for every example, and how near is equal. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementsOf, type Numbers } from './exampleCase';

/** `data`: float64, little-endian, in base64. */
interface Encoded {
  shape: number[];
  data: string;
}

type EncodedTensors = Record<string, Encoded>;

export interface ExampleVectors {
  hash: string;
  train: {
    outputs: EncodedTensors;
    updates: EncodedTensors;
    inputGradients: EncodedTensors;
    weightGradients: EncodedTensors;
  };
  /** Absent where evaluation gives exactly what training gives. */
  evaluate?: { outputs: EncodedTensors };
}

export interface LayerVectors {
  layer: string;
  madeWith: string;
  examples: Record<string, ExampleVectors>;
}

/** Samples of the batch that the vectors are of. */
export const vectorBatch = 3;

const vectorFolder = join(__dirname, '..', 'vectors');

export const howToMakeVectors = 'run python/reference_vectors as its README says, and commit what it writes';

export function readVectors(layer: string): LayerVectors | null {
  const file = join(vectorFolder, `${layer}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LayerVectors) : null;
}

export function decode({ shape, data }: Encoded): Numbers {
  const bytes = new Uint8Array(Buffer.from(data, 'base64'));
  return { shape, dtype: 'float32', values: [...new Float64Array(bytes.buffer, 0, elementsOf(shape))] };
}

/** Where `received` is not the reference within 1e-5 + 1e-4 of its largest value; null where it is. */
export function difference(received: Numbers, reference: Numbers): string | null {
  if (received.shape.join() !== reference.shape.join())
    return `shape [${received.shape.join()}] instead of [${reference.shape.join()}]`;
  const largest = reference.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = 1e-5 + 1e-4 * largest;
  const worst = received.values.reduce((most, value, index) => {
    const distance = Math.abs(value - reference.values[index]!);
    return distance <= most ? most : distance;
  }, 0);
  return worst <= allowed ? null : `differs by ${worst.toPrecision(3)}, allowed ${allowed.toPrecision(3)}`;
}

/** The differences of named tensors from named references, with missing and unexpected names. */
export function differences(received: Record<string, Numbers>, reference: EncodedTensors): string[] {
  const names = new Set([...Object.keys(received), ...Object.keys(reference)]);
  return [...names].flatMap((name) => {
    const [given, wanted] = [received[name], reference[name]];
    if (!given || !wanted) return [`${name}: ${given ? 'not in the reference' : 'missing'}`];
    const text = difference(given, decode(wanted));
    return text === null ? [] : [`${name}: ${text}`];
  });
}
