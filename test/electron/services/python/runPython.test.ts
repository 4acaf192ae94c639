/** A Python script in a process of its own: how it is started, and what is said when it does not end well. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runPython, type PythonRun } from '../../../../electron/services/python/runPython';
import { writeProgram } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

let home = '';
beforeEach(() => {
  home = join(temporaryHome(), 'ä folder of 世界');
  mkdirSync(home);
});

/** An interpreter that does what the script of the shell says, which finds its words in "$@". */
function run(script: string, more: Partial<PythonRun> = {}): ReturnType<typeof runPython> {
  const python = writeProgram(join(home, 'python'), `#!/bin/sh\n${script}\n`);
  return runPython({ python, script: 'check.py', cwd: home, timeLimit: 60_000, ...more });
}

async function failure(running: Promise<unknown>): Promise<{ code: string; message: string }> {
  const problem = await running.then(
    () => new Error('it ended well'),
    (error: Error) => error,
  );
  return problem as Error & { code: string };
}

describe('a script', () => {
  it('is started apart from the settings of the environment, with its words as they are', async () => {
    const lines: string[] = [];
    const args = ['$HOME', '"two words"', '世界'];
    const { output } = await run('for word; do echo "$word"; done', { args, onLine: (line) => lines.push(line) });
    expect(output.trim().split('\n')).toEqual(['-E', '-B', '-u', '-X', 'utf8', 'check.py', ...args]);
    expect(lines).toEqual(output.trim().split('\n'));
  });

  it('gets what is added to the environment, and runs where it is told', async () => {
    const { output } = await run('echo "$KERAS_BACKEND $PWD"', { environment: { KERAS_BACKEND: 'tensorflow' } });
    expect(output).toBe(`tensorflow ${home}\n`);
  });

  it('that fails is told of with the last lines that it wrote', async () => {
    const trace = 'for line in 1 2 3 4 5 6 "ValueError: no"; do echo "$line" >&2; done; exit 1';
    const { code, message } = await failure(run(trace));
    expect(code).toBe('python-failed');
    expect(message).toBe(
      `check.py failed in ${join(home, 'python')} (exit code 1). It wrote: 3 | 4 | 5 | 6 | ValueError: no`,
    );
  });

  it('that takes too long is stopped, and says how far it was', async () => {
    const { code, message } = await failure(run('echo "step 3" >&2; sleep 600', { timeLimit: 700 }));
    expect([code, message]).toEqual([
      'python-failed',
      'check.py did not end within 0.7 s and was stopped. It wrote: step 3',
    ]);
  });

  it('that is not wanted any more is stopped', async () => {
    const abort = new AbortController();
    const running = failure(run('touch begun; sleep 600', { signal: abort.signal }));
    while (!existsSync(join(home, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort();
    expect((await running).code).toBe('cancelled');
  });

  it('that the system kills is told of as what it most often is', async () => {
    expect((await failure(run('kill -9 $$'))).message).toContain('most often because memory ran out');
    expect((await failure(run('kill -11 $$'))).message).toContain('(SIGSEGV). It wrote nothing');
  });

  it('whose Python is gone says so', async () => {
    writeFileSync(join(home, 'check.py'), '');
    const gone = join(home, 'gone');
    const running = runPython({ python: gone, script: 'check.py', cwd: home, timeLimit: 1000 });
    expect((await failure(running)).message).toBe(`${gone} could not be started (ENOENT). Is it still installed?`);
  });
});
