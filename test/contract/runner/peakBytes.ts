/** How many bytes of tensors live at the worst moment, counted where the WASM backend asks for memory and gives it back. */
import type * as tf from '@tensorflow/tfjs-core';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';

interface WasmModule {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

export interface PeakCounter {
  /** Bytes that live now, of those that were asked for since counting began. */
  live: () => number;
  /** The most that lived at once since the last `restart`. */
  peak: () => number;
  restart: () => void;
  stop: () => void;
}

export async function countPeak(): Promise<PeakCounter> {
  const core: typeof tf = await loadBackend('wasm');
  const { wasm } = core.backend() as unknown as { wasm: WasmModule };
  // The module puts the true functions in place at the first call, over whatever stands there.
  wasm._free(wasm._malloc(1));
  const { _malloc: allocate, _free: release } = wasm;
  const sizes = new Map<number, number>();
  let [live, peak] = [0, 0];
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    sizes.set(address, bytes);
    live += bytes;
    peak = Math.max(peak, live);
    return address;
  };
  wasm._free = (address) => {
    live -= sizes.get(address) ?? 0;
    sizes.delete(address);
    release(address);
  };
  return {
    live: () => live,
    peak: () => peak,
    restart: () => void (peak = live),
    stop: () => Object.assign(wasm, { _malloc: allocate, _free: release }),
  };
}
