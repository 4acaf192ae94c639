/** The sample designs: in the form that saving gives them, without a word to say about them, and as large as they should be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compile';
import { parseDesign } from '../../shared/design/parseDesign';
import type { Design } from '../../shared/design/schema';
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import { library } from '../../shared/library';

const folder = join(__dirname, '..', '..', 'assets', 'designs');
const files = readdirSync(folder);

/** Computed by hand from the drawings: kernels, biases, and gamma and beta (as many moving values) of BatchNorm. */
const trainable: Record<string, number> = {
  'xor-mlp': 2 * 8 + 8 + (8 * 1 + 1),
  'spiral-mlp': 2 * 32 + 32 + (32 * 32 + 32) + (32 * 2 + 2),
  'digits-mlp': 64 * 128 + 128 + (128 * 10 + 10),
  'digits-cnn': 288 + 64 + (9_216 + 64) + (18_432 + 128) + (256 * 10 + 10),
  'digits-resnet':
    144 + 32 + (2_304 + 32 + 2_304 + 32) + (4_608 + 64 + 9_216 + 64) + (512 + 64) +
    (18_432 + 128 + 36_864 + 128) + (2_048 + 128) + (64 * 10 + 10),
  'digits-attention':
    8 * 32 + 32 + 4 * (32 * 32 + 32) + 2 * 64 + (32 * 64 + 64) + (64 * 32 + 32) + (8 * 32 * 10 + 10),
  'digits-sigmoid-deep': 5 * (64 * 64 + 64) + (64 * 10 + 10),
  'mnist-mlp': 669_706,
};
const nonTrainable: Record<string, number> = {
  'digits-cnn': 64 + 64 + 128,
  'digits-resnet': 3 * 32 + 3 * 64 + 3 * 128,
};

function read(file: string): { text: string; design: Design } {
  const text = readFileSync(join(folder, file), 'utf8');
  const parsed = parseDesign(text, file);
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return { text, design: parsed.design };
}

describe('the sample designs', () => {
  it('are the eight that the README names', () => {
    expect(files.map((file) => file.replace('.netloom', '')).sort()).toEqual(Object.keys(trainable).sort());
  });

  it.each(files)('%s is what saving it unchanged would write', (file) => {
    const { text, design } = read(file);
    expect(serialiseDesign(design)).toBe(text);
  });

  it.each(files)('%s compiles without a warning to the size that a calculation by hand gives', (file) => {
    const { program, diagnostics } = compile(read(file).design, library);
    expect(diagnostics).toEqual([]);
    const name = file.replace('.netloom', '');
    expect(program?.totals).toMatchObject({
      trainable: trainable[name],
      nonTrainable: nonTrainable[name] ?? 0,
    });
  });
});
