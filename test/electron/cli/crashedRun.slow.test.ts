/** What a crash can leave in a run's folder: told by name, never lost, and the run goes on wherever it can. */
import { appendFileSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { own } from '../../drivers/badInput';
import { assets, commandLine, type Ran } from '../../drivers/commandLine';
import { temporaryHome } from '../../drivers/temporaryHome';

let home = '';
beforeEach(() => {
  home = temporaryHome();
});

const netloom = (words: string[]): Promise<Ran> => commandLine(words, { home, folder: home, columns: 1000 });

const sample = (name: string): string => join(assets, 'designs', `${name}.netloom`);

describe('a run folder after a crash', () => {
  let run = '';
  let folder = '';
  beforeEach(async () => {
    const done = (await netloom(['train', sample('xor-mlp'), '--epochs', '2', '--json'])).json().pop();
    run = String(done?.run);
    folder = String(done?.folder);
  });
  const state = async (): Promise<unknown> =>
    ((await netloom(['runs', '--json'])).json()[0]?.runs as { state: string }[])[0]?.state;
  const logOf = (): string => join(folder, 'metrics.log');

  it('with a log that ends in the middle: listed as interrupted, and it goes on', async () => {
    truncateSync(logOf(), readFileSync(logOf()).length - 5);
    expect(await state()).toBe('interrupted');
    expect((await netloom(['runs', 'show', run])).output).toContain('interrupted');
    const resumed = await netloom(['resume', run, '--json']);
    expect(resumed.json().pop()).toMatchObject({ event: 'done', state: 'finished', epochs: 2 });
  });

  it('with rubbish behind the log: said, and everything before it is shown', async () => {
    appendFileSync(logOf(), Buffer.alloc(64, 0xa5));
    const { code, output } = await netloom(['runs', 'show', run]);
    expect(code).toBe(0);
    own(output, `${run} · `, 'damaged');
  });

  it('without its record: listed with what is wrong, and refused by name', async () => {
    rmSync(join(folder, 'run.json'));
    const listed = await netloom(['runs']);
    expect(listed.code).toBe(0);
    own(listed.output, run, 'run.json');
    const resumed = await netloom(['resume', run]);
    expect(resumed.code).toBe(1);
    own(resumed.errors, 'run.json', run);
  });

  it('with the lock of a process that is gone: interrupted, not running, and it goes on', async () => {
    truncateSync(logOf(), readFileSync(logOf()).length - 5);
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }));
    expect(await state()).toBe('interrupted');
    expect((await netloom(['resume', run])).code).toBe(0);
  });

  it('with the checkpoint of another design: refused by name, and nothing is changed', async () => {
    const other = (await netloom(['train', sample('spiral-mlp'), '--epochs', '1', '--json'])).json().pop();
    truncateSync(logOf(), readFileSync(logOf()).length - 5);
    const file = join(folder, 'checkpoints', 'last.safetensors');
    copyFileSync(join(String(other?.folder), 'checkpoints', 'last.safetensors'), file);
    const before = readFileSync(file);
    const { code, errors } = await netloom(['resume', run]);
    expect(code).toBe(1);
    own(errors, file, /another design|does not fit|is not a checkpoint of this run/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
