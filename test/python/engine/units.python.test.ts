/** What is tested within the engine's own process: each file of `units/` as a test, run by Python's unittest. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testPython } from '../../drivers/testPython';
import { sessionFolder } from './sessionFolder';

const units = join(__dirname, 'units');

/** A folder with both sessions and, beside each, what `open` is told. */
function sessions(): string {
  const home = mkdtempSync(join(tmpdir(), 'netloom-units-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const name of ['images', 'numbers'] as const) {
    const { folder, open } = sessionFolder(name);
    mkdirSync(join(home, name));
    cpSync(folder, join(home, name), { recursive: true });
    const told = { ...open(), folder: join(home, name), dataFile: join(home, name, 'data.json') };
    writeFileSync(join(home, `${name}.json`), JSON.stringify(told));
  }
  return home;
}

function unittest(file: string): Promise<string> {
  const env = {
    ...process.env,
    OMP_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    NETLOOM_SESSIONS: sessions(),
    PYTHONPATH: join(__dirname, '../../../python'),
  };
  return new Promise((resolve) => {
    execFile(testPython(), ['-m', 'unittest', file], { cwd: units, env }, (error, output, errors) =>
      resolve(error ? `${output}${errors}` : `ran: ${/Ran (\d+) tests?/.exec(errors)?.[1] ?? 0}`),
    );
  });
}

describe('within the engine', () => {
  for (const file of readdirSync(units).filter((name) => name.startsWith('test_')))
    it(file, async () => expect(await unittest(file)).toMatch(/^ran: [1-9]/));
});
