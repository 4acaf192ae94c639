/** Assembles our loops into one module on the backend's own heap, so that no tensor is copied to reach them. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { assemble, type FunctionSource } from './assemble';
import { columnLoop, stripWidths, type ColumnLoop } from './columnLoops';
import { inputTiles, kernelGradientTile, outputTiles } from './kernelGradientTile';
import { columnTiles, matrixTile, rowTiles } from './matrixTile';
import { maxPoolWindow } from './maxPoolWindow';
import { reluGradient } from './reluGradient';

/** Only what is used here: the runtime's library for Node does not declare it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  readonly Memory: new (limits: { initial: number }) => object;
};

export type Loop = (...parameters: number[]) => void;

const columnLoops = Object.keys(stripWidths) as ColumnLoop[];

const functions = [
  ...columnLoops.flatMap((loop) => stripWidths[loop].map((width) => columnLoop(loop, width))),
  ...inputTiles.flatMap((inputs) => outputTiles.map((outputs) => kernelGradientTile(inputs, outputs))),
  ...rowTiles.flatMap((rows) => columnTiles.map((columns) => matrixTile(rows, columns))),
  maxPoolWindow,
  reluGradient,
];

/** Looking for the memory takes longer than the shorter loops do, so both are kept together. */
interface Loaded {
  readonly memory: object;
  readonly loops: Record<string, unknown>;
}

const loaded = new WeakMap<BackendWasm, Loaded>();

/** The loop of that name on this backend's heap. Addresses are bytes from the heap's start and stay valid when it grows. */
export function loopNamed(backend: BackendWasm, name: string): Loop {
  return loadedOn(backend).loops[name] as Loop;
}

/** The same for a loop that is not among those above: `write` is asked once. */
export function loopMade(backend: BackendWasm, name: string, write: () => FunctionSource): Loop {
  const { memory, loops } = loadedOn(backend);
  if (loops[name] === undefined) Object.assign(loops, instantiate(memory, [write()]));
  return loops[name] as Loop;
}

function loadedOn(backend: BackendWasm): Loaded {
  const known = loaded.get(backend);
  if (known) return known;
  const memory = memoryOf(backend);
  const made = { memory, loops: { ...instantiate(memory, functions) } };
  loaded.set(backend, made);
  return made;
}

function instantiate(memory: object, sources: readonly FunctionSource[]): Record<string, unknown> {
  const module = new WebAssembly.Module(assemble(sources));
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

/** Where the tensor's data begins on the heap. */
export function addressOf(backend: BackendWasm, info: { readonly dataId: object }): number {
  return backend.getMemoryOffset(info.dataId);
}

/** The backend's module exports its memory; the name it has there is its compiler's choice. */
function memoryOf(backend: BackendWasm): object {
  const { asm } = backend.wasm as unknown as { readonly asm: Record<string, unknown> };
  const memory = Object.values(asm).find((value) => value instanceof WebAssembly.Memory);
  if (!memory) throw new Error('The WASM backend does not export its memory: this version of it is not supported.');
  return memory;
}
