/** Hostile files beside the reference library: what we read it reads too, and finds the same values. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors } from '../../../electron/files/safetensors';
import { randomStream } from '../../../shared/training/random';
import { testPython } from '../../drivers/testPython';

const folder = mkdtempSync(join(tmpdir(), 'netloom-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));
const good = readFileSync(join(__dirname, 'fixtures', 'reference.safetensors'));
const count = 1500;

const program = `
import json, sys
from safetensors.numpy import load
answers = []
for at in range(int(sys.argv[2])):
    try:
        tensors = load(open(f"{sys.argv[1]}/{at}", "rb").read())
        answers.append({name: [str(value.dtype), list(value.shape), value.tobytes().hex()] for name, value in tensors.items()})
    except Exception:
        answers.append(None)
print(json.dumps(answers))
`;

/** Digits and brackets of the header changed, bytes anywhere, the end cut off. */
function broken(at: number): Buffer {
  const draw = randomStream(7, 'hostile', at).uniform(12);
  const pick = (place: number, below: number): number => Math.floor((draw[place] ?? 0) * below);
  const bytes = Buffer.from(pick(0, 4) === 0 ? good.subarray(0, pick(1, good.length)) : good);
  const header = Math.min(bytes.length, 700);
  const signs = '0123456789[]{},:"-.eE FIU';
  for (let change = 0; change < 1 + pick(2, 3); change += 1) {
    const place = pick(3 + change, pick(6, 3) === 0 ? bytes.length : header);
    if (place < bytes.length)
      bytes[place] = pick(7, 2) === 0 ? signs.charCodeAt(pick(8 + change, signs.length)) : pick(9, 256);
  }
  return bytes;
}

it('a file that is changed at random is refused, or read as the reference library reads it', () => {
  for (let at = 0; at < count; at += 1) writeFileSync(join(folder, String(at)), broken(at));
  const answer = execFileSync(testPython(), ['-c', program, folder, String(count)], {
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  const theirs = JSON.parse(answer) as (Record<string, [string, number[], string]> | null)[];
  const outcomes = { both: 0, neither: 0, stricter: 0 };
  for (let at = 0; at < count; at += 1) {
    const reference = theirs[at] ?? null;
    try {
      const { tensors } = readSafetensors(diskFiles, join(folder, String(at)));
      expect(reference, `file ${at} is read by us alone`).not.toBeNull();
      expect(new Set(tensors.keys())).toEqual(new Set(Object.keys(reference ?? {})));
      for (const [name, { shape, data }] of tensors) {
        const [, sizes, hex] = reference?.[name] ?? ['', [], ''];
        expect([shape, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')]).toEqual([
          sizes,
          hex,
        ]);
      }
      outcomes.both += 1;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      outcomes[reference === null ? 'neither' : 'stricter'] += 1;
    }
  }
  expect(outcomes.both).toBeGreaterThan(50);
  expect(outcomes.neither).toBeGreaterThan(500);
  // Half floats, unknown types and names that occur twice.
  expect(outcomes.stricter).toBeLessThan(count / 10);
});
