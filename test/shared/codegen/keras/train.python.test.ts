/** The script of an exported folder, run alone, learns; its measures are those of Keras. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { kerasTarget } from '../../../../shared/codegen/keras/kerasTarget';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { briefSample } from '../briefSample';
import { python } from './kerasPython';

const root = mkdtempSync(join(tmpdir(), 'netloom-keras-train-'));
afterAll(() => rmSync(root, { recursive: true }));

const repository = join(__dirname, '..', '..', '..', '..');

describe('the exported script for Keras', () => {
  it.each(['digits-cnn', 'digits-resnet'])('of %s is right in 95 of 100', async (name) => {
    const file = briefSample(name, 6);
    const { folder } = await exportDesign({ home: temporaryHome(), file, target: kerasTarget, to: join(root, name) });
    const said = await python(['train.py'], '', { cwd: folder });
    const found = /^validation: .*accuracy ([0-9.]+)/m.exec(said);
    expect(Number(found?.[1]), said).toBeGreaterThanOrEqual(0.95);
  });

  it('of three inputs and two outputs runs to its end', async () => {
    const file = join(repository, 'test', 'golden', 'several-arrays', 'design.netloom');
    const { folder } = await exportDesign({
      home: temporaryHome(),
      file,
      target: kerasTarget,
      to: join(root, 'arrays'),
    });
    const said = await python(['train.py'], '', { cwd: folder });
    expect(said).toMatch(/^validation: .*species_accuracy/m);
  });
});
