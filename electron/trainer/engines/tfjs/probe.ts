/** Finds out whether a backend works by having it multiply two matrices and checking every element of the product. */
import { engineSentences } from '../../../../shared/messages/engineSentences';
import { withoutGpu, type Probe } from '../engine';
import { loadBackend, type BackendName, type TensorLibrary } from './backend';

const size = 256;

export async function probeBackend(name: BackendName, device: string): Promise<Probe> {
  try {
    const core = await loadBackend(name);
    const seconds = checkedProduct(core);
    return { available: true, device, versions: versions(core), seconds, reason: null, remedy: null, ...withoutGpu };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = engineSentences.installFiles;
    return { available: false, device: null, versions: {}, seconds: null, reason, remedy, ...withoutGpu };
  }
}

export function versions(core: TensorLibrary): Record<string, string> {
  return { 'tfjs-core': core.version_core, node: process.versions.node };
}

/** Seconds of the second product: the first one pays for start-up. Throws where an element is wrong. */
export function checkedProduct(core: TensorLibrary): number {
  // Small whole numbers: their products and sums are exact in float32, so the check needs no tolerance.
  const left = Float32Array.from({ length: size * size }, (_, at) => (at * 7) % 13);
  const right = Float32Array.from({ length: size * size }, (_, at) => (at * 5) % 11);
  const [a, b] = [core.tensor2d(left, [size, size]), core.tensor2d(right, [size, size])];
  const multiply = (): Float32Array => {
    const product = core.matMul(a, b);
    const values = product.dataSync<'float32'>();
    product.dispose();
    return values;
  };
  try {
    multiply();
    const start = process.hrtime.bigint();
    const product = multiply();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    compare(product, left, right);
    return seconds;
  } finally {
    core.dispose([a, b]);
  }
}

function compare(product: Float32Array, left: Float32Array, right: Float32Array): void {
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (left[row * size + k] ?? 0) * (right[k * size + column] ?? 0);
      if (product[row * size + column] !== sum)
        throw new Error(`The device multiplies matrices wrongly: row ${row}, column ${column} should be ${sum}.`);
    }
}
