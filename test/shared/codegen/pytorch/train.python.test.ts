/** The script of an exported folder, run alone, learns; the hand-written twins are the same networks. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { pytorchTarget } from '../../../../shared/codegen/pytorch/pytorchTarget';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { briefSample } from '../briefSample';
import { python } from './pytorchPython';

const root = mkdtempSync(join(tmpdir(), 'netloom-pytorch-train-'));
afterAll(() => rmSync(root, { recursive: true }));

const repository = join(__dirname, '..', '..', '..', '..');
const golden = join(repository, 'test', 'golden');

/** What the script says. */
async function trained(name: string, file: string): Promise<string> {
  const { folder } = await exportDesign({ home: temporaryHome(), file, target: pytorchTarget, to: join(root, name) });
  return python(['train.py'], null, { cwd: folder });
}

describe('the exported script for PyTorch', () => {
  it.each(['digits-mlp', 'digits-resnet'])('of %s is right in 95 of 100', async (name) => {
    const said = await trained(name, briefSample(name, 6));
    const accuracies = [...said.matchAll(/validation: loss [0-9.]+, accuracy ([0-9.]+)/g)].map((found) =>
      Number(found[1]),
    );
    expect(Math.max(...accuracies), said).toBeGreaterThanOrEqual(0.95);
    expect(said).toMatch(/^test: loss [0-9.]+, accuracy 0\.9/m);
  });

  it.each(['several-arrays', 'several-inputs-and-outputs'])('of %s runs to its end', async (name) => {
    const said = await trained(name, join(golden, name, 'design.netloom'));
    expect(said).toMatch(/^test: loss [0-9.]+, \S+\/loss/m);
  });
});

describe('a hand-written twin', () => {
  it('learns weights of the same shapes', async () => {
    const names = readdirSync(golden).filter((name) => existsSync(join(golden, name, 'handwritten', 'pytorch.py')));
    const folders = names.map((name) => join(golden, name));
    const found = JSON.parse(await python([join(__dirname, 'twin_shapes.py')], folders)) as [unknown, unknown][];
    expect(found).toHaveLength(5);
    for (const [at, [ours, theirs]] of found.entries()) expect(ours, names[at]).toEqual(theirs);
  });
});
