/** What memory that ran out looks like here, and how large a batch is likely to fit. */
import { totalmem } from 'node:os';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { ServiceProblem } from '../../../services/serviceProblem';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { elementsOf } from '../weightGroups';
import { loadedTensorflow, onGpu } from './tensorflow/loadTensorflow';
import type { TensorLibrary } from './backend';

/** Thrown in place of a null pointer, which the kernels would take for an address and write to. */
class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

interface WasmModule {
  HEAPU8: Uint8Array;
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

const addressable = 2 ** 32 - 65536;

/** The last allocation that failed. */
const refused = { bytes: addressable };

const guarded = new WeakSet<WasmModule>();

/** From now on a failed allocation on the WASM heap throws `OutOfMemory`. Other backends throw by themselves. */
export function guardAllocation(core: TensorLibrary): void {
  const { wasm } = core.backend() as unknown as { wasm?: WasmModule };
  if (!wasm || guarded.has(wasm)) return;
  guarded.add(wasm);
  // The module puts the true function in place at the first call, over whatever stands there.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address !== 0 || bytes === 0) return address;
    refused.bytes = bytes;
    throw new OutOfMemory(`no room for ${bytes} bytes`);
  };
}

export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof OutOfMemory) return true;
  if (!(error instanceof Error)) return false;
  const memoryWords = /out of memory|OOM|ResourceExhausted|allocation failed|failed to allocate|Cannot enlarge memory/i;
  return memoryWords.test(error.message) || (error instanceof RangeError && /array/i.test(error.message));
}

/**
 * Scales the batch that did not fit by what the heap had room for: the estimate for the program's own batch size is
 * weights, gradients and slots, which stay, and activations, which grow with the batch. A tenth is left as margin.
 */
export function likelyBatch(core: TensorLibrary, program: CheckedProgram, batch: number): number {
  const { training } = program;
  const weights = weightPlaces(program).reduce((sum, { spec }) => sum + 4 * elementsOf(spec.shape), 0);
  const fixed = weights * (2 + training.optimizer.definition.slots(training.optimizer.params).length);
  const perSample = Math.max(program.memory - fixed, 1) / training.batchSize;
  const room = heapBytes(core) * 0.9 - fixed;
  return Math.max(1, Math.min(batch - 1, Math.floor(room / perSample)));
}

/** The most that the backend can hold: all that 32 bits address, or the size at which the system refused to give more. */
function heapBytes(core: TensorLibrary): number {
  const { wasm } = core.backend() as unknown as { wasm?: WasmModule };
  if (!wasm) return reach(core);
  const size = wasm.HEAPU8.byteLength;
  return size + refused.bytes > addressable ? addressable : size;
}

/** What there is at most: of the card, or of the machine where TensorFlow computes on its processor. */
function reach(core: TensorLibrary): number {
  const tensorflow = loadedTensorflow(core);
  if (core.getBackend() !== 'tensorflow' || !tensorflow) return addressable;
  return (onGpu(core) ? tensorflow.card?.memory.total : undefined) ?? totalmem();
}

/** Said when not even the weights fit, which no smaller batch mends: how much they take, and the layer that most is of. */
export function weightsTooLarge(core: TensorLibrary, program: CheckedProgram): ServiceProblem {
  const places = weightPlaces(program).map(({ group, spec }) => ({ group, bytes: 4 * elementsOf(spec.shape) }));
  const total = places.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = places.reduce((most, place) => (place.bytes > most.bytes ? place : most));
  const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return new ServiceProblem(
    'out-of-memory',
    `The network does not fit into memory: its weights take ${gibibytes(total)}, ${gibibytes(largest.bytes)} of it in ` +
      `the node ${largest.group}, and training several times that; this engine reaches ${gibibytes(reach(core))}. ` +
      'Give that node fewer units, filters or inputs.',
  );
}
