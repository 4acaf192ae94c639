/** Programs that are started for a while: no shell reads their words, and nothing of them is left when they are to end. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../electron/services/python/childProgram';
import { isAlive } from '../../../../electron/services/runs/processStart';
import { writeProgram } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

const node = process.execPath;

async function untilEnded(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid); tries += 1) {
    if (tries === 100) throw new Error(`process ${pid} still lives`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '')
    await new Promise((resolve) => setTimeout(resolve, 20));
  return Number(readFileSync(file, 'utf8'));
}

describe('a program', () => {
  it('gets its words as they are: no shell reads them', async () => {
    const home = temporaryHome();
    const words = ['$(touch made)', '; touch made', '%PATH%', 'a\'b"c', 'ä 世界', '*'];
    const ended = await runProgram(node, ['-p', 'JSON.stringify(process.argv.slice(1))', ...words], { cwd: home });
    expect(JSON.parse(ended.output)).toEqual(words);
    expect(existsSync(join(home, 'made'))).toBe(false);
  });

  it('is told of line by line, also the last one without an end', async () => {
    const lines: string[] = [];
    const script = 'process.stdout.write("one\\ntwo\\r\\nth"); setTimeout(() => process.stdout.write("ree"), 50)';
    const ended = await runProgram(node, ['-e', script], { onLine: (line) => lines.push(line) });
    expect([ended.how, ended.code, lines]).toEqual(['ended', 0, ['one', 'two', 'three']]);
  });

  it('that is not there is told of with the code of the system', async () => {
    expect(await runProgram('/nowhere/python3', [])).toMatchObject({ how: 'not-started', cause: 'ENOENT' });
    expect(await runProgram('bad\0name', [])).toMatchObject({ how: 'not-started' });
  });

  it.each(['time-limit', 'aborted'] as const)('is ended with all that it started: %s', async (how) => {
    const home = temporaryHome();
    const script = writeProgram(join(home, 'parent'), '#!/bin/sh\nsleep 600 & echo $! > child\necho $$ > self\nwait\n');
    const abort = new AbortController();
    const timeLimit = how === 'time-limit' ? 500 : 60_000;
    const running = runProgram(script, [], { cwd: home, signal: abort.signal, timeLimit });
    const pids = [await pidIn(join(home, 'child')), await pidIn(join(home, 'self'))];
    if (how === 'aborted') abort.abort();
    expect((await running).how).toBe(how);
    for (const pid of pids) await untilEnded(pid);
  });

  it('that was aborted before is not started', async () => {
    const abort = new AbortController();
    abort.abort();
    const home = temporaryHome();
    const script = writeProgram(join(home, 'program'), '#!/bin/sh\ntouch started\n');
    expect((await runProgram(script, [], { cwd: home, signal: abort.signal })).how).toBe('aborted');
    expect(existsSync(join(home, 'started'))).toBe(false);
  });

  it('that writes without end is ended', async () => {
    const ended = await runProgram('yes', [], { outputLimit: 100_000, timeLimit: 60_000 });
    expect(ended.how).toBe('flooded');
    expect(ended.output.length).toBeLessThan(100_000);
  });

  it('that leaves somebody behind who holds its outputs is not waited for', async () => {
    const home = temporaryHome();
    const script = writeProgram(join(home, 'program'), '#!/bin/sh\nsleep 600 & echo $! > child\nexit 7\n');
    const ended = await runProgram(script, [], { cwd: home, timeLimit: 60_000 });
    expect([ended.how, ended.code]).toEqual(['ended', 7]);
    await untilEnded(await pidIn(join(home, 'child')));
  });
});
