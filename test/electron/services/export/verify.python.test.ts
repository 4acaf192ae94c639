/** Exported folders beside the engine: the real ones pass, and every fault that is put into one is caught. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import type { CheckKind } from '../../../../electron/services/export/verifyChecks';
import { verifyExported, verifyItem } from '../../../../electron/services/export/verifyExported';
import { verifyExports, type Verified } from '../../../../electron/services/export/verifyExports';
import { runnerFor } from '../../../../electron/services/export/verifyRunner';
import { childTrainer } from '../../../../electron/services/training/childTrainer';
import { pytorchTarget } from '../../../../shared/codegen/pytorch/pytorchTarget';
import { buildOnce } from '../../../drivers/buildOnce';
import { testPython } from '../../../drivers/testPython';
import { faultDesign } from './faultDesign';
import { pytorchFaults, type Fault } from './pytorchFaults';

const root = mkdtempSync(join(tmpdir(), 'netloom-verify-test-'));
afterAll(() => rmSync(root, { recursive: true }));
const home = join(root, 'home');
const environment = { ...process.env, NETLOOM_PYTHON: testPython() };
const designs = join(__dirname, '..', '..', '..', '..', 'assets', 'designs');

const failedKinds = ({ checks, error }: Verified): (CheckKind | 'error')[] =>
  error === null ? checks.filter(({ ok }) => !ok).map(({ kind }) => kind) : ['error'];

function edit(folder: string, { file, from, to, define }: Fault): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has nothing like ${String(from)}:\n${before}`);
  writeFileSync(path, define ? after.replace(/^class /m, `${define}\n\nclass `) : after);
}

describe('an exported folder', () => {
  it('that is as it was written is verified, and says by what', async () => {
    const folder = join(root, 'resnet');
    const file = join(designs, 'digits-resnet.netloom');
    const exported = await exportDesign({ home, file, target: pytorchTarget, to: folder });
    const run = await runnerFor('pytorch', { home, environment });
    const spawn = childTrainer(await buildOnce('trainer'));
    const verified = await verifyExported(exported, pytorchTarget, { spawn, run });
    expect([failedKinds(verified), verified.error]).toEqual([[], null]);
    const note = JSON.parse(readFileSync(join(folder, 'VERIFIED.json'), 'utf8')) as Record<string, unknown>;
    expect(note).toMatchObject({
      verified: true,
      target: 'pytorch',
      versions: { torch: expect.any(String) as string },
      worst: { node: expect.anything() as string },
    });
    const checks = note.checks as { kind: string; compared: number }[];
    for (const { kind, compared } of checks) expect(compared, kind).toBeGreaterThan(0);
  });

  it('with a fault in it is not: each is caught where it shows, and the design without one passes', async () => {
    const file = join(root, 'faults.netloom');
    writeFileSync(file, JSON.stringify(faultDesign));
    const plain = join(root, 'plain');
    const exported = await exportDesign({ home, file, target: pytorchTarget, to: plain });
    const item = await verifyItem(exported, pytorchTarget);
    const folders = pytorchFaults.map((fault, at) => {
      const folder = join(root, `fault${at}`);
      cpSync(plain, folder, { recursive: true });
      edit(folder, fault);
      return folder;
    });
    const run = await runnerFor('pytorch', { home, environment });
    const spawn = childTrainer(await buildOnce('trainer'));
    const items = [plain, ...folders].map((folder) => ({ ...item, folder }));
    const [first, ...rest] = await verifyExports(items, run, { spawn });
    expect([failedKinds(first as Verified), first?.error]).toEqual([[], null]);
    const caught = rest.map((verified, at) => [pytorchFaults[at]?.name, failedKinds(verified)]);
    for (const [at, { name, shows }] of pytorchFaults.entries())
      expect(failedKinds(rest[at] as Verified), name).toEqual(expect.arrayContaining([...shows]));
    expect(caught).toHaveLength(pytorchFaults.length);
    expect(pytorchFaults.filter(({ shows }) => shows.length > 0).length).toBeGreaterThanOrEqual(12);
    // What only looks different is not taken for a fault.
    for (const [at, { name, shows }] of pytorchFaults.entries())
      if (shows.length === 0) expect(failedKinds(rest[at] as Verified), name).toEqual([]);
  });

  it('that was verified and is not any more loses its note', async () => {
    const file = join(root, 'faults.netloom');
    writeFileSync(file, JSON.stringify(faultDesign));
    const folder = join(root, 'changed');
    const exported = await exportDesign({ home, file, target: pytorchTarget, to: folder });
    writeFileSync(join(folder, 'VERIFIED.json'), '{}');
    edit(folder, {
      name: '',
      file: 'model.py',
      from: 'class Faults',
      to: 'raise RuntimeError("broken")\n\n\nclass Faults',
      shows: [],
    });
    const run = await runnerFor('pytorch', { home, environment });
    const spawn = childTrainer(await buildOnce('trainer'));
    const verified = await verifyExported(exported, pytorchTarget, { spawn, run });
    expect(verified.error).toMatch(/^RuntimeError: broken \(model\.py, line \d+\)$/);
    expect(existsSync(join(folder, 'VERIFIED.json'))).toBe(false);
  });
});
