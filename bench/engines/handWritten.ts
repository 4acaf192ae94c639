/** A design's exported folder as a side of a comparison: trained by a plain Python script, without the product. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportDesign } from '../../electron/services/export/exportDesign';
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { Side } from '../measure';

export interface HandWritten extends Side {
  /** Of the validation part after every epoch of the last sample. */
  readonly losses: () => readonly number[];
  readonly close: () => void;
}

const run = promisify(execFile);

interface Script {
  name: string;
  target: 'pytorch' | 'keras';
  script: string;
}

const loop: Script = { name: 'hand-written', target: 'pytorch', script: 'hand_written.py' };
export const kerasFit: Script = { name: 'Keras', target: 'keras', script: 'keras_fit.py' };

/** `document`: the design as the other side trains it. */
export async function startHandWritten(
  document: object,
  epochs: number,
  python: string,
  { name, target, script }: Script = loop,
): Promise<HandWritten> {
  const root = mkdtempSync(join(tmpdir(), 'netloom-bench-hand-'));
  const file = join(root, 'design.netloom');
  writeFileSync(file, JSON.stringify(document));
  const to = join(root, 'folder');
  await exportDesign({ home: join(root, 'home'), file, target: exportTargets[target], to });
  const env = { ...process.env, KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3' };
  let losses: readonly number[] = [];
  return {
    name,
    losses: () => losses,
    sample: async () => {
      const words = ['-u', join(__dirname, script), to, String(epochs)];
      const { stdout } = await run(python, words, { env, maxBuffer: 1 << 24 });
      const answer = JSON.parse(stdout.trim().split('\n').pop() ?? '') as { milliseconds: number; losses: number[] };
      losses = answer.losses;
      return answer.milliseconds;
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
