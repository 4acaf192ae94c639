/** A design's exported folder as a side of a comparison: trained by a plain Python script, without the product. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { exportDesign } from '../../electron/services/export/exportDesign';
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { Side } from '../measure';

const run = promisify(execFile);

/** `fit` of Keras: a sample is a whole training, in a process of its own. `document`: the design as the other side has it. */
export async function startKerasFit(
  document: object,
  epochs: number,
  python: string,
): Promise<Side & { close: () => void }> {
  const { folder, remove } = await exported(document, 'keras');
  const env = { ...process.env, KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3' };
  return {
    name: 'Keras',
    sample: async () => {
      const words = ['-u', join(__dirname, 'keras_fit.py'), folder, String(epochs)];
      const { stdout } = await run(python, words, { env, maxBuffer: 1 << 24 });
      return Number(stdout.trim().split('\n').pop());
    },
    close: remove,
  };
}

/** PyTorch's loop in one process that trains some epochs when it is told to: `train` resolves with their milliseconds. */
export async function startHandWritten(
  document: object,
  epochs: number,
  python: string,
): Promise<{ train: (epochs: number) => Promise<number>; close: () => void }> {
  const { folder, remove } = await exported(document, 'pytorch');
  const words = ['-u', join(__dirname, 'hand_written.py'), folder, String(epochs)];
  const child = spawn(python, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async train(count) {
      child.stdin.write(`${count}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('hand_written.py ended.');
      return Number(line.value);
    },
    close() {
      child.kill();
      remove();
    },
  };
}

async function exported(
  document: object,
  target: 'pytorch' | 'keras',
): Promise<{ folder: string; remove: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'netloom-bench-hand-'));
  const file = join(root, 'design.netloom');
  writeFileSync(file, JSON.stringify(document));
  const folder = join(root, 'folder');
  await exportDesign({ home: join(root, 'home'), file, target: exportTargets[target], to: folder });
  return { folder, remove: () => rmSync(root, { recursive: true, force: true }) };
}
