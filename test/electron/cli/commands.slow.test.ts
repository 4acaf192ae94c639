/** The commands that start processes: train, resume, runs, try, engines, data. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
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

/** Presses Ctrl+C once an epoch is over. */
function afterAnEpoch(interrupt: () => void, output: () => string): void {
  const look = setInterval(() => {
    if (!output().includes('"event":"epoch"')) return;
    clearInterval(look);
    interrupt();
  }, 20);
}

describe('netloom train', () => {
  it('prints one JSON object a line: started, metrics, epoch, done', async () => {
    const words = ['train', sample('xor-mlp'), '--epochs', '3', '--seed', '5', '--set', 'batchSize=32', '--json'];
    const { code, json, errors } = await netloom(words);
    expect(errors).toBe('');
    expect(code).toBe(0);
    const events = json();
    const kinds = events.map(({ event }) => event);
    expect(kinds).toContain('started');
    expect(kinds).toContain('metrics');
    const epochs = events.filter(({ event }) => event === 'epoch');
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const key of ['loss', 'accuracy', 'valLoss', 'valAccuracy']) expect(epochs[0]?.[key]).toBeTypeOf('number');
    const done = events[events.length - 1];
    expect(done).toMatchObject({ event: 'done', state: 'finished', epochs: 3 });
    for (const key of ['valLoss', 'valAccuracy', 'testLoss', 'testAccuracy']) expect(done?.[key]).toBeTypeOf('number');
    const metrics = events.find(({ event }) => event === 'metrics');
    expect(Object.keys(metrics?.gradientNorms as object)).toEqual(['hidden', 'logit']);
  });

  it('stops cleanly on Ctrl+C with exit 130; the run is kept and resumes', async () => {
    const words = ['train', sample('xor-mlp'), '--epochs', '100000', '--json'];
    const stopped = await netloom(words, { onStart: afterAnEpoch });
    expect(stopped.code).toBe(130);
    const done = stopped.json().pop();
    expect(done).toMatchObject({ event: 'done', state: 'stopped' });
    const run = String(done?.run);
    const resumed = await netloom(['resume', run, '--json'], { onStart: afterAnEpoch });
    expect(resumed.code).toBe(130);
    const started = resumed.json().find(({ event }) => event === 'started');
    expect(started).toMatchObject({ resumed: true, step: done?.steps });
  });

  it('refuses a setting that leads nowhere, and an engine that there is not, exit 2', async () => {
    const setting = await netloom(['train', sample('xor-mlp'), '--set', 'optimizer.learningRat=0.1']);
    expect([setting.code, setting.errors]).toEqual([expect.any(Number), expect.stringContaining('learningRate')]);
    const engine = await netloom(['train', sample('xor-mlp'), '--engine', 'wasn']);
    expect([engine.code, engine.errors]).toEqual([2, expect.stringContaining('wasm')]);
  });
});

describe('netloom runs, try', () => {
  it('show, compare, remove and restore what was trained', async () => {
    const train = async (seed: string): Promise<string> => {
      const words = ['train', sample('xor-mlp'), '--epochs', '2', '--seed', seed, '--json'];
      return String((await netloom(words)).json().pop()?.run);
    };
    const [first, second] = [await train('1'), await train('2')];
    const list = await netloom(['runs', 'list', '--json']);
    expect(JSON.stringify(list.json())).toContain(first);
    const shown = await netloom(['runs', 'show', first]);
    expect(shown.output).toMatch(/precision\s+recall\s+F1/);
    const compared = await netloom(['runs', 'compare', first, second, '--json']);
    expect(compared.json()[0]?.differences).toEqual([expect.objectContaining({ values: [1, 2] })]);
    const tried = await netloom(['try', first, '0', '--json']);
    expect(tried.json()[0]).toMatchObject({ run: first, heads: [expect.objectContaining({ head: 'output' })] });
    expect((await netloom(['runs', 'rm', first])).output).toContain(`netloom runs restore ${first}`);
    const gone = await netloom(['runs', 'show', first]);
    expect([gone.code, gone.errors]).toEqual([1, expect.stringContaining(first)]);
    expect((await netloom(['runs', 'restore', first])).code).toBe(0);
    expect((await netloom(['runs', 'show', first])).code).toBe(0);
  });
});

describe('netloom engines, data', () => {
  it('tell what is here', async () => {
    const engines = (await netloom(['engines', '--json'])).json()[0]?.engines;
    expect(engines).toContainEqual(expect.objectContaining({ id: 'wasm', available: true }));
    expect((await netloom(['data', 'list'])).output).toMatch(/digits/);
    const fetched = await netloom(['data', 'fetch', 'spirals', '--json']);
    expect(existsSync(String(fetched.json()[0]?.folder))).toBe(true);
    const shown = await netloom(['data', 'show', 'spirals', '--json']);
    expect(shown.json()[0]).toMatchObject({ type: 'spirals', info: { counts: { train: 600 } } });
    const unknown = await netloom(['data', 'show', 'digit']);
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('digits')]);
  });
});
