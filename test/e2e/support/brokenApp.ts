/** The packed app with a file missing, as a broken installation or an eager virus scanner leaves it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stage } from './stage';

/** Starts a copy of the app in which no file has such a name; hands back what starts it. */
export function appWithout(name: RegExp): string {
  const work = mkdtempSync(join(stage.work, 'broken-'));
  chmodSync(work, 0o755);
  const copy = join(work, 'app');
  // Hard links cost nothing; between two disks there are none.
  if (!succeeds('cp', ['-al', dirname(stage.program), copy]) && !succeeds('cp', ['-a', dirname(stage.program), copy]))
    throw new Error(`${dirname(stage.program)} could not be copied`);
  const missing = (readdirSync(copy, { recursive: true }) as string[]).filter((path) => name.test(path));
  if (missing.length === 0) throw new Error(`the packed app has no file ${String(name)}`);
  for (const path of missing) rmSync(join(copy, path));
  const program = join(copy, 'netloom');
  const starter = readFileSync(stage.executable);
  if (starter.subarray(0, 2).toString() !== '#!') return program;
  const own = join(work, 'start');
  writeFileSync(own, starter.toString().replace(stage.program, program), { mode: 0o755 });
  return own;
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
