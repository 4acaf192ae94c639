/** `netloom export` without a Python: what is written, what is refused, and by which exit code a script knows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors } from '../../../electron/files/safetensors';
import { targets } from '../../../shared/ir/emit/emission';
import { commandLine, type Ran } from '../../drivers/commandLine';

const root = mkdtempSync(join(tmpdir(), 'netloom-cli-export-'));
afterAll(() => rmSync(root, { recursive: true }));
const home = join(root, 'home');
const design = join(__dirname, '..', '..', '..', 'assets', 'designs', 'xor-mlp.netloom');

const run = (...words: string[]): Promise<Ran> => commandLine(['export', ...words], { home, columns: 400 });

let asked: Promise<string> | null = null;

/** A run of the design, trained once for all. */
function trainedRun(): Promise<string> {
  asked ??= commandLine(['train', design, '--epochs', '2', '--json'], { home }).then(({ json }) =>
    String(json().find(({ event }) => event === 'started')?.run),
  );
  return asked;
}

describe('netloom export', () => {
  it.each([...targets])('writes a folder for %s and says where', async (target) => {
    const out = join(root, target);
    const { code, output, errors } = await run(design, '--to', target, '--out', out);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain(out);
    expect(output).toMatch(/\d+ files, \d+ kB; first weights, seed 1/);
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('XOR with one hidden layer');
  });

  it('takes the best weights of a run', async () => {
    const id = await trainedRun();
    const out = join(root, 'trained');
    const { code, json } = await run(design, '--to', 'pytorch', '--out', out, '--run', id, '--json');
    expect(code).toBe(0);
    expect(json()[0]).toMatchObject({ event: 'exported', weights: { kind: 'run', run: id, checkpoint: 'best' } });
    const ours = readSafetensors(diskFiles, join(home, 'runs', id, 'checkpoints', 'best.safetensors')).tensors;
    const theirs = readSafetensors(diskFiles, join(out, 'weights.safetensors')).tensors;
    const bias = [...theirs].find(([name]) => name.endsWith('.bias'));
    const own = [...ours].find(([name]) => name.startsWith('weights/') && name.endsWith('/bias'));
    expect(bias?.[1].data).toEqual(own?.[1].data);
  });

  it('refuses a run of another design, naming the weight', async () => {
    const id = await trainedRun();
    const other = join(root, 'other.netloom');
    writeFileSync(other, readFileSync(design, 'utf8').replace(/"units": \d+/, '"units": 77'));
    const { code, errors } = await run(other, '--to', 'onnx', '--out', join(root, 'never'), '--run', id);
    expect(code).toBe(1);
    expect(errors).toMatch(/was trained with another drawing: this design has the weight \w+\/kernel \[2, 77\]/);
  });

  it('leaves what was changed alone, and says how to go on', async () => {
    const out = join(root, 'changed');
    await run(design, '--to', 'keras', '--out', out);
    writeFileSync(join(out, 'model.py'), 'mine');
    const refused = await run(design, '--to', 'keras', '--out', out);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/model\.py was changed since the export\. Name another folder, or add --force/);
    expect((await run(design, '--to', 'keras', '--out', out, '--force')).code).toBe(0);
  });

  it('says what is wrong with its words', async () => {
    expect((await run(design, '--to', 'caffe', '--out', root)).code).toBe(2);
    expect((await run(design, '--to', 'onnx')).code).toBe(2);
    const opset = await run(design, '--to', 'onnx', '--out', join(root, 'x'), '--opset', '16');
    expect([opset.code, opset.errors]).toEqual([2, expect.stringContaining('a number from 17 to 21')]);
    const missing = await run(join(root, 'none.netloom'), '--to', 'onnx', '--out', join(root, 'x'));
    expect([missing.code, missing.errors]).toEqual([1, expect.stringContaining('none.netloom could not be read')]);
  });

  it('ends with 3 and the command that helps where there is no Python to verify with; the export stays', async () => {
    const before = process.env.NETLOOM_PYTHON;
    process.env.NETLOOM_PYTHON = join(root, 'no-python');
    try {
      const out = join(root, 'unverified');
      const { code, errors } = await run(design, '--to', 'pytorch', '--out', out, '--verify');
      expect([code, errors]).toEqual([3, expect.stringContaining('npx netloom engines install verify --yes')]);
      expect(readFileSync(join(out, 'netloom.json'), 'utf8')).toContain('pytorch');
    } finally {
      if (before === undefined) delete process.env.NETLOOM_PYTHON;
      else process.env.NETLOOM_PYTHON = before;
    }
  });

  it('ends with 3 and the command that helps where the packages of TensorFlow.js are not installed', async () => {
    const out = join(root, 'uninstalled');
    const { code, errors } = await run(design, '--to', 'tfjs', '--out', out, '--verify');
    expect([code, errors]).toEqual([3, expect.stringContaining('Run "npm install" in that folder')]);
  });
});
