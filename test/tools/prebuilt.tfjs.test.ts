/** The binding that is carried can be made again: the same compiler gives the same bytes, wherever the sources lie. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../drivers/temporaryHome';
import { loadTool } from './load';

interface Built {
  bytes: Buffer;
  note: { sha256: string; from: Record<string, string> };
}
type BuildPrebuilt = (options?: { packages?: string }) => Built;

const root = join(__dirname, '..', '..');
const carried = JSON.parse(
  readFileSync(join(root, 'assets', 'prebuilt', 'tfjs-binding-linux-x64.json'), 'utf8'),
) as Built['note'];

it('from two places come the same bytes, and those that are carried where the compiler is the one of then', async () => {
  const { buildPrebuilt } = await loadTool<{ buildPrebuilt: BuildPrebuilt }>('tfjsNode/prebuilt.mjs');
  const elsewhere = join(temporaryHome(), 'other packages');
  for (const name of ['@tensorflow/tfjs-node-gpu', 'node-api-headers']) {
    cpSync(join(root, 'node_modules', name), join(elsewhere, name), { recursive: true });
  }
  const [one, two] = [buildPrebuilt(), buildPrebuilt({ packages: elsewhere })];
  expect(one.note).toEqual(two.note);
  expect(one.bytes.equals(two.bytes)).toBe(true);
  const same = JSON.stringify(one.note.from) === JSON.stringify(carried.from);
  expect(same ? one.note.sha256 : carried.sha256).toBe(carried.sha256);
});
