/**
 * All randomness: counter-based streams. A stream is a key; the value at a position depends on key and position alone,
 * so results do not depend on the order or the chunking of the work, and a resumed run draws what it would have drawn.
 */
import { threefry2x32 } from './threefry';

export interface RandomStream {
  /** Uniform in [0, 1): 24 random bits, so every value is exact in float32. */
  uniform: (count: number) => Float32Array;
  /** Standard normal, by Box and Muller's transform in double precision. */
  normal: (count: number) => Float32Array;
  /** A permutation of 0 .. count-1 (Fisher and Yates). */
  permutation: (count: number) => Uint32Array;
  /** A stream of its own for a label: independent of this one and of other labels. */
  derive: (...labels: (string | number)[]) => RandomStream;
}

/** The stream named by a seed and labels, e.g. `randomStream(seed, 'shuffle', epoch)`. */
export function randomStream(seed: number, ...labels: (string | number)[]): RandomStream {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  return streamOf(low, high).derive(...labels);
}

function streamOf(key0: number, key1: number): RandomStream {
  let drawn = 0;
  const words = (count: number): Uint32Array => {
    // The second half of a block that was begun comes first.
    const begun = drawn % 2;
    const block = (drawn - begun) / 2;
    const found = new Uint32Array(count + begun);
    threefry2x32(key0, key1, block % 2 ** 32, Math.floor(block / 2 ** 32), found);
    drawn += count;
    return found.subarray(begun);
  };
  return {
    uniform: (count) => unitsOf(words(count)),
    normal: (count) => gaussians(unitsOf(words(2 * count))),
    permutation: (count) => shuffled(count, words(Math.max(0, count - 1))),
    derive: (...labels) => streamOf(...labels.reduce<[number, number]>(derivedKey, [key0, key1])),
  };
}

function unitsOf(words: Uint32Array): Float32Array {
  const units = new Float32Array(words.length);
  for (let at = 0; at < words.length; at++) units[at] = ((words[at] as number) >>> 8) / 2 ** 24;
  return units;
}

/** Two uniform numbers make one. */
function gaussians(units: Float32Array): Float32Array {
  return Float32Array.from({ length: units.length / 2 }, (_, at) => {
    const radius = Math.sqrt(-2 * Math.log(1 - (units[2 * at] as number)));
    return radius * Math.cos(2 * Math.PI * (units[2 * at + 1] as number));
  });
}

function shuffled(count: number, words: Uint32Array): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    // 32 random bits scaled to 0..last: the bias is below count / 2^32.
    const other = Math.floor(((words[count - 1 - last] as number) / 2 ** 32) * (last + 1));
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return order;
}

/** Folds a label into the key, four bytes at a time; numbers and texts never collide with each other. */
function derivedKey([key0, key1]: [number, number], label: string | number): [number, number] {
  const bytes = typeof label === 'number' ? `#${label}` : `"${label}`;
  const out = Uint32Array.of(key0, key1);
  for (let at = 0; at < bytes.length; at += 2) {
    const low = bytes.charCodeAt(at);
    const high = at + 1 < bytes.length ? bytes.charCodeAt(at + 1) : 0xffff;
    threefry2x32(out[0] as number, out[1] as number, (low << 16) | high, at + 1, out);
  }
  threefry2x32(out[0] as number, out[1] as number, bytes.length, 0, out);
  return [out[0] as number, out[1] as number];
}
