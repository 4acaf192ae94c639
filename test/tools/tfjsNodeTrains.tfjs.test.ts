/** The tfjs-node of the tests computes with TensorFlow's own library: a net of two layers learns what one cannot. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'netloom-two-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = `
const tf = require('@tensorflow/tfjs-node');
const model = tf.sequential({
  layers: [
    tf.layers.dense({ inputShape: [2], units: 8, activation: 'tanh', kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) }),
    tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }) }),
  ],
});
model.compile({ optimizer: tf.train.adam(0.1), loss: 'binaryCrossentropy' });
const corners = tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]);
model.fit(corners, tf.tensor2d([[0], [1], [1], [0]]), { epochs: 200, verbose: 0 }).then(({ history }) => {
  const answers = [...model.predict(corners).dataSync()];
  console.log(JSON.stringify({ backend: tf.getBackend(), first: history.loss[0], last: history.loss.at(-1), answers }));
});
`;

interface Answer {
  backend: string;
  first: number;
  last: number;
  answers: number[];
}

it('trains two layers to tell when exactly one of two is true', () => {
  symlinkSync(process.env.NETLOOM_TEST_TFJS ?? '', join(folder, 'node_modules'));
  writeFileSync(join(folder, 'train.cjs'), script);
  const preload = join(__dirname, '..', '..', 'tools', 'tfjsNode', 'olderNode.cjs');
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' } } as const;
  const said = execFileSync(process.execPath, ['--require', preload, 'train.cjs'], {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { backend, first, last, answers } = JSON.parse(said) as Answer;
  expect(backend).toBe('tensorflow');
  expect(first, 'it begins with guessing').toBeGreaterThan(0.5);
  expect(last).toBeLessThan(0.05);
  expect(answers.map(Math.round)).toEqual([0, 1, 1, 0]);
});
