/** The JSON that scripts rely on: exact keys, unrounded numbers, null where not finite, and parseable whatever happens. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { jsonWatcher } from '../../../electron/cli/jsonWatcher';
import { processContext } from '../../../electron/cli/context';
import { assets, commandLine, type Ran } from '../../drivers/commandLine';
import { recordingTerminal } from '../../drivers/recordingTerminal';
import { temporaryHome } from '../../drivers/temporaryHome';
import { npyBytes } from '../services/data/npyBytes';

let home = '';
beforeEach(() => {
  home = temporaryHome();
});

const netloom = (...words: string[]): Promise<Ran> => commandLine([...words, '--json'], { home, folder: home });
const sample = (name: string): string => join(assets, 'designs', `${name}.netloom`);

describe('check --json', () => {
  it('has exactly the documented keys', async () => {
    const file = join(home, 'broken.netloom');
    cpSync(sample('digits-cnn'), file);
    const [report] = (await netloom('check', file, '--set', 'batchSize=100000')).json();
    expect(Object.keys(report ?? {})).toEqual(['ok', 'diagnostics', 'layers', 'total']);
    const { layers, total, diagnostics } = report as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(layers?.[0] ?? {})).toEqual(['id', 'layer', 'output', 'trainable', 'nonTrainable', 'macs']);
    expect(Object.keys(total ?? {})).toEqual(['trainable', 'nonTrainable', 'macs']);
    for (const row of diagnostics ?? []) {
      expect(Object.keys(row)).toEqual(['code', 'severity', 'node', 'param', 'message', 'repairs']);
    }
  });

  it.each([
    ['is not there', null, 'not-found', 'could not be read'],
    ['is not JSON', '{"netloom": 1,', 'designNotJson', 'is not JSON'],
    ['is not a design', '[]', 'designInvalid', 'Correct'],
  ])('is the same document where the file %s', async (_, text, code, said) => {
    const file = join(home, 'design.netloom');
    if (text !== null) writeFileSync(file, text);
    const ran = await netloom('check', file);
    expect(ran.code).toBe(1);
    const total = { trainable: 0, nonTrainable: 0, macs: 0 };
    const found = { code, severity: 'error', node: null, param: null, repairs: [] };
    expect(ran.json()).toMatchObject([{ ok: false, diagnostics: [found], layers: [], total }]);
    expect(JSON.stringify(ran.json())).toContain(said);
  });
});

describe('train --json', () => {
  it('tells epochs from 1 and ends in the best epoch with the judgement of the test part', async () => {
    const words = ['--epochs', '6', '--set', 'optimizer.learningRate=0.05'];
    const events = (await netloom('train', sample('digits-mlp'), ...words)).json();
    const epochs = events.filter(({ event }) => event === 'epoch');
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    const done = events[events.length - 1] ?? {};
    const best = epochs.reduce((least, one) => (Number(one.valLoss) < Number(least.valLoss) ? one : least));
    expect(done.bestEpoch).toBe(best.epoch);
    for (const key of ['loss', 'accuracy', 'valLoss', 'valAccuracy']) expect(done[key]).toBe(best[key]);
    // Of 300 samples, unrounded: a whole number of them was right.
    for (const key of ['valAccuracy', 'testAccuracy'])
      expect(Number(done[key]) * 300).toBeCloseTo(Math.round(Number(done[key]) * 300), 9);
    expect(String(done.testLoss).length).toBeGreaterThan(8);
  });

  it('names the measures of several outputs by output', async () => {
    const arrays = join(__dirname, '..', '..', 'golden', 'several-arrays');
    cpSync(join(arrays, 'design.netloom'), join(home, 'design.netloom'));
    cpSync(join(arrays, 'animals.npz'), join(home, 'animals.npz'));
    const done = (await netloom('train', join(home, 'design.netloom'), '--epochs', '1')).json().pop() ?? {};
    const measures = [
      'loss',
      'valLoss',
      'testLoss',
      'species/loss',
      'species/accuracy',
      'species/valAccuracy',
      'weight/testLoss',
    ];
    for (const key of [...measures, 'weight/valMeanAbsoluteError']) expect(done[key], key).toBeTypeOf('number');
  });

  it('writes null for what is not finite', () => {
    const terminal = recordingTerminal();
    const watcher = jsonWatcher({ ...processContext('.'), terminal });
    const measures = { loss: NaN, accuracy: Infinity };
    watcher.event({
      event: 'epoch',
      summary: { epoch: 1, step: 1, train: measures, validation: measures, learningRate: 0.1, seconds: 1, best: false },
    });
    const nothing = { loss: null, accuracy: null, valLoss: null, valAccuracy: null };
    expect(JSON.parse(terminal.output())).toMatchObject({ event: 'epoch', epoch: 1, ...nothing });
  });

  it('tells problems as an object too, with the sentence on standard error', async () => {
    const missing = await netloom('train', 'nowhere.netloom');
    expect(missing.json()).toMatchObject([{ event: 'error', code: 'not-found', diagnostics: [] }]);
    expect(missing.errors).toContain('nowhere.netloom could not be read');
    const setting = await netloom('train', sample('xor-mlp'), '--set', 'batchSize=0');
    expect([setting.code, setting.json()[0]?.code]).toEqual([2, 'setting-invalid']);
    const units = await netloom('train', sample('xor-mlp'), '--set', 'data.source=digits');
    expect(units.json()[0]).toMatchObject({ event: 'error', code: 'design-invalid' });
    expect(units.json()[0]?.diagnostics).not.toEqual([]);
  });
});

describe('try', () => {
  it('answers alike for one sample in each form of file, and refuses what does not fit', async () => {
    const run = String((await netloom('train', sample('digits-mlp'), '--epochs', '2')).json().pop()?.run);
    const pixels = Array.from({ length: 64 }, (_, index) => (index * 7) % 17);
    const rows = Array.from({ length: 8 }, (_, row) => pixels.slice(row * 8, row * 8 + 8));
    writeFileSync(join(home, 'digit.npy'), npyBytes({ dtype: '<f4', shape: [8, 8, 1], values: pixels }));
    writeFileSync(join(home, 'digit.csv'), `${pixels.join(',')}\n`);
    writeFileSync(join(home, 'digit.json'), JSON.stringify(rows.map((row) => row.map((pixel) => [pixel]))));
    const prefix = run.slice(0, -1);
    const answers = await Promise.all(
      ['npy', 'csv', 'json'].map((kind) => netloom('try', prefix, join(home, `digit.${kind}`))),
    );
    const values = answers.map((answer) => (answer.json()[0]?.heads as { values: number[] }[])[0]?.values);
    expect(values[0]).toHaveLength(10);
    expect((values[0] ?? []).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect([values[1], values[2]]).toEqual([values[0], values[0]]);

    writeFileSync(join(home, 'small.npy'), npyBytes({ dtype: '<f4', shape: [7, 7, 1], values: pixels.slice(0, 49) }));
    const refused = async (word: string): Promise<string> => {
      const { code, errors } = await netloom('try', run, word);
      expect(code).toBe(1);
      return errors.replaceAll('\n', ' ');
    };
    expect(await refused(join(home, 'small.npy'))).toMatch(
      /small\.npy: image: expected \[8, 8, 1\].*received \[7, 7, 1\]/,
    );
    expect(await refused('300')).toContain('its samples are 0 to 299');
    expect(await refused('99999999999999999999')).toContain('no sample 99999999999999999999');
    expect(await refused('1.5')).toContain('a position in the test part');
    expect(await refused(join(home, 'none.npy'))).toContain('none.npy could not be read');
  });
});
