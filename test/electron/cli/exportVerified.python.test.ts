/** `netloom export --verify` as a user types it: the residual sample for each target, and what is said of a broken one. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targets } from '../../../shared/ir/emit/emission';
import { commandLine, type Ran } from '../../drivers/commandLine';
import { testPython } from '../../drivers/testPython';

const root = mkdtempSync(join(tmpdir(), 'netloom-cli-verify-'));
const project = join(__dirname, '..', '..', '..');
const design = join(project, 'assets', 'designs', 'digits-resnet.netloom');
const before = process.env.NETLOOM_PYTHON;

beforeAll(() => {
  process.env.NETLOOM_PYTHON = testPython();
  // The folder of TypeScript finds the packages that its package.json names in the folder above.
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => {
  if (before === undefined) delete process.env.NETLOOM_PYTHON;
  else process.env.NETLOOM_PYTHON = before;
  rmSync(root, { recursive: true });
});

const run = (...words: string[]): Promise<Ran> =>
  commandLine(['export', design, ...words, '--verify'], { home: join(root, 'home'), columns: 120 });

describe('netloom export --verify', () => {
  it.each([...targets])('proves the code for %s', async (target) => {
    const out = join(root, target);
    const { code, output, errors } = await run('--to', target, '--out', out);
    expect([errors, code]).toEqual(['', 0]);
    expect(output).toMatch(/✓ +outputs +2 /);
    expect(output).toMatch(/verified: [\w.]+ computes the same as the engine/);
    const note = JSON.parse(readFileSync(join(out, 'VERIFIED.json'), 'utf8')) as { verified: boolean; target: string };
    expect(note).toMatchObject({ verified: true, target });
  });

  it('tells a script the worst difference and where it is', async () => {
    const { json, code } = await run('--to', 'onnx', '--out', join(root, 'script'), '--json');
    expect(code).toBe(0);
    expect(json()[1]).toMatchObject({
      ...{ event: 'verified', ok: true, error: null },
      worst: { ofAllowed: expect.any(Number) as number, tensor: expect.any(String) as string },
    });
  });
});
