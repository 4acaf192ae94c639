/** Small session folders, written by hand as the app writes them, with data drawn from a fixed stream. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const trainSamples = 90;
const testSamples = 23;

const sessions = join(__dirname, 'sessions');

export type SessionName = 'images' | 'numbers';

export interface SessionFolder {
  folder: string;
  /** What `open` is told. */
  open: (changes?: Record<string, unknown>, options?: Record<string, unknown>) => Record<string, unknown>;
  file: (name: string) => string;
}

const opening: Record<SessionName, Record<string, unknown>> = {
  images: {
    optimizerSlots: ['exp_avg', 'exp_avg_sq'],
    groups: [
      ['stem.weight', 'stem.bias'],
      ['blocks.0.conv.weight'],
      ['blocks.0.norm.weight', 'blocks.0.norm.bias'],
      ['blocks.1.conv.weight'],
      ['blocks.1.norm.weight', 'blocks.1.norm.bias'],
      ['logits.weight', 'logits.bias'],
    ],
    heads: [{ weight: 1, metrics: [{ evaluationOnly: false }, { evaluationOnly: true }] }],
  },
  numbers: {
    optimizerSlots: ['momentum_buffer'],
    groups: [
      ['hidden.weight', 'hidden.bias'],
      ['classes.weight', 'classes.bias'],
      ['values.weight', 'values.bias'],
    ],
    heads: [
      { weight: 1, metrics: [{ evaluationOnly: false }] },
      { weight: 0.5, metrics: [{ evaluationOnly: false }] },
    ],
  },
};

/** A new folder, gone after the test. */
export function sessionFolder(name: SessionName): SessionFolder {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-session-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(sessions, name), folder, { recursive: true });
  const draw = stream(7);
  const parts = {
    train: writePart(folder, name, 'train', trainSamples, draw),
    test: writePart(folder, name, 'test', testSamples, draw),
  };
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ parts }));
  return {
    folder,
    file: (file) => join(folder, file),
    open: (changes = {}, options = {}) => ({
      folder,
      dataFile: join(folder, 'data.json'),
      start: null,
      device: 'cpu',
      seed: 5,
      batchSize: 8,
      ...opening[name],
      ...changes,
      options: {
        deterministic: true,
        precision: 'float32',
        channelsLast: false,
        compile: false,
        threads: 1,
        undo: 'snapshot',
        ...options,
      },
    }),
  };
}

function writePart(folder: string, name: SessionName, part: string, count: number, draw: () => number): object {
  const write = (field: string, values: Uint8Array | Float32Array | Int32Array, shape: number[]): object => {
    const file = `${part}_${field}.bin`;
    writeFileSync(join(folder, file), values);
    const stored = values instanceof Uint8Array ? 'uint8' : values instanceof Int32Array ? 'int32' : 'float32';
    const dtype = stored === 'int32' ? 'int32' : 'float32';
    return { file, stored, dtype, shape, count, divideBy: stored === 'uint8' ? 255 : 1 };
  };
  const label = write(
    'label',
    Int32Array.from({ length: count }, () => Math.floor(draw() * 3)),
    [],
  );
  if (name === 'images') {
    const image = Uint8Array.from({ length: count * 36 }, () => Math.floor(draw() * 256));
    return { image: write('image', image, [6, 6, 1]), label };
  }
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => draw() * 4 - 2);
  return { point: write('point', normal(count * 4), [4]), label, target: write('target', normal(count * 2), [2]) };
}

/** Numbers from 0 to 1 by a linear congruence: enough for samples, and the same everywhere. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
