/** Exported folders beside the engine: the real ones pass, and every fault that is put into one is caught. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { verifyExported } from '../../../../electron/services/export/verifyExported';
import { runnerFor } from '../../../../electron/services/export/verifyRunner';
import { childTrainer } from '../../../../electron/services/training/childTrainer';
import { buildOnce } from '../../../drivers/buildOnce';
import { testPython } from '../../../drivers/testPython';
import { handTarget } from './handTarget';

const root = mkdtempSync(join(tmpdir(), 'netloom-verify-test-'));
afterAll(() => rmSync(root, { recursive: true }));
const designs = join(__dirname, '..', '..', '..', '..', 'assets', 'designs');

describe('an exported folder', () => {
  it('of digits-resnet is verified, and says so', async () => {
    const spawn = childTrainer(await buildOnce('trainer'));
    const environment = { ...process.env, NETLOOM_PYTHON: testPython() };
    const run = await runnerFor('pytorch', { home: root, environment });
    const folder = join(root, 'resnet');
    const exported = await exportDesign({
      home: root,
      file: join(designs, 'digits-resnet.netloom'),
      target: handTarget,
      to: folder,
    });
    const verified = await verifyExported(exported, handTarget, { spawn, run });
    for (const { kind, ok, compared, worst, failed, notes } of verified.checks)
      console.log(kind, ok, compared, JSON.stringify(worst), JSON.stringify(failed.slice(0, 2)), notes);
    expect(verified).toMatchObject({ ok: true, error: null });
    expect(existsSync(join(folder, 'VERIFIED.json'))).toBe(true);
    console.log(readFileSync(join(folder, 'VERIFIED.json'), 'utf8').slice(0, 3000));
  });
});
