/** The command line as a user meets it: what it prints, what it refuses, and how it ends. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets, commandLine, type CommandLineOptions, type Ran } from '../../drivers/commandLine';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'netloom-cli-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const sample = (name: string): string => join(assets, 'designs', `${name}.netloom`);
const netloom = (words: string[], options: Partial<CommandLineOptions> = {}): Promise<Ran> =>
  commandLine(words, { home, ...options });

describe('netloom', () => {
  it('explains itself and every command', async () => {
    for (const words of [[], ['check'], ['train'], ['resume'], ['runs'], ['try'], ['engines'], ['data'], ['new']]) {
      const { code, output } = await netloom([...words, '--help']);
      expect(code).toBe(0);
      expect(output).toMatch(/^Usage: netloom/);
    }
  });

  it('says of exit codes what the README says, and fits 60 columns', async () => {
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const readme = plain(readFileSync(join(assets, '..', 'README.md'), 'utf8'));
    const [codes] = /Exit codes: .*?the run is kept\./.exec(readme) ?? [''];
    const { output } = await netloom(['--help'], { columns: 60 });
    expect(codes).toContain('130');
    expect(plain(output)).toContain(codes);
    for (const line of output.split('\n')) expect([...line].length).toBeLessThanOrEqual(60);
  });

  it('wants two runs to compare', async () => {
    const { code, errors } = await netloom(['runs', 'compare', 'one']);
    expect([code, errors]).toEqual([2, expect.stringContaining('two runs')]);
  });

  it('refuses an unknown command and an unknown flag with what was probably meant, exit 2', async () => {
    const command = await netloom(['chekc', 'x']);
    expect([command.code, command.errors]).toEqual([2, expect.stringContaining('Did you mean check?')]);
    const flag = await netloom(['train', sample('xor-mlp'), '--epoch', '3']);
    expect([flag.code, flag.errors]).toEqual([2, expect.stringContaining('--epochs')]);
    const value = await netloom(['train', sample('xor-mlp'), '--epochs', 'ten']);
    expect([value.code, value.errors]).toEqual([2, expect.stringContaining('whole number')]);
  });

  it('names a file that is not there, exit 1', async () => {
    const { code, errors } = await netloom(['check', 'missing.netloom']);
    expect(code).toBe(1);
    expect(errors).toContain('missing.netloom');
    expect(errors).not.toMatch(/\n\s+at /);
  });
});

describe('netloom check', () => {
  it('prints the layer table with the published count of the perceptron', async () => {
    const { code, output } = await netloom(['check', sample('mnist-mlp')]);
    expect(code).toBe(0);
    await expect(output).toMatchFileSnapshot('snapshots/check-mnist-mlp.txt');
    expect(output).toContain('669,706');
  });

  it('prints the documented JSON', async () => {
    const { code, json } = await netloom(['check', sample('mnist-mlp'), '--json']);
    const [report] = json();
    expect(code).toBe(0);
    expect(report).toMatchObject({ ok: true, diagnostics: [], total: { trainable: 669_706, nonTrainable: 0 } });
    const row = { id: 'hidden1', layer: 'Dense', trainable: 784 * 512 + 512, nonTrainable: 0, macs: 784 * 512 };
    expect(report?.layers).toContainEqual(expect.objectContaining(row));
  });

  it('names node and parameter of a mistake, offers repairs, exit 1', async () => {
    const broken = join(home, 'broken.netloom');
    const text = readFileSync(sample('digits-cnn'), 'utf8');
    writeFileSync(broken, text.replace('"units": 10', '"units": 7').replace('"rate": 0.3', '"rate": 3'));
    const { code, output, json } = await netloom(['check', broken]);
    expect(code).toBe(1);
    expect(output).toMatch(/error dropout · rate: /);
    expect(output).toContain('→');
    expect(json).toThrow();
    const report = (await netloom(['check', broken, '--json'])).json()[0];
    const found = report?.diagnostics as { node: string; param: string | null; code: string; repairs: unknown[] }[];
    expect(found.map(({ node }) => node)).toContain('dropout');
    expect(found.some(({ repairs }) => repairs.length > 0)).toBe(true);
  });
});

describe('netloom new', () => {
  it('copies a template, leaves an existing file alone, and suggests near names', async () => {
    const file = join(home, 'mine.netloom');
    expect((await netloom(['new', 'xor-mlp', file])).code).toBe(0);
    expect((await netloom(['check', file])).code).toBe(0);
    const again = await netloom(['new', 'digits-mlp', file]);
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('exists already')]);
    const near = await netloom(['new', 'xor-mpl', join(home, 'other')]);
    expect([near.code, near.errors]).toEqual([2, expect.stringContaining('xor-mlp')]);
    expect(existsSync(join(home, 'other.netloom'))).toBe(false);
  });
});
