/** What a window has saved is proved by the exporting process, whose trainer's messages the main process hands on. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createExporterHost } from '../../../electron/services/exporter/exporterHost';
import { childTrainer } from '../../../electron/services/training/childTrainer';
import { buildOnce } from '../../drivers/buildOnce';
import { smallDesign } from '../../drivers/smallDesign';
import { testPython } from '../../drivers/testPython';

const home = mkdtempSync(join(tmpdir(), 'netloom-proved-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('a window saves code and has it proved, through three processes', async () => {
  const environment = { NETLOOM_PYTHON: testPython() };
  const host = createExporterHost(
    childTrainer(await buildOnce('exporter'), { environment }),
    childTrainer(await buildOnce('trainer')),
  );
  const session = host.session();
  const design = smallDesign();
  const to = join(home, 'net');
  const asked = { session, home, mirror: null, file: join(home, 'small.netloom'), run: null, force: false };
  await host.request('write', { ...asked, design, target: 'onnx', opset: 20, to });
  const verified = await host.request('verify', { session, home });
  expect(verified).toMatchObject({ ok: true, error: null, folder: to });
  expect(verified.checks.map(({ kind }) => kind)).toContain('outputs');
  expect(existsSync(join(to, 'VERIFIED.json'))).toBe(true);
});
