/** One at a time: a folder that only one process can make, naming its maker, taken over when that one has died. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  while (!take(folder)) await pause(200);
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch {
    if (!isAlive(holderOf(folder))) rmSync(folder, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(folder, 'holder'), String(process.pid));
  return true;
}

/** Null where nobody holds it: gone meanwhile, or without a name for longer than writing one takes. */
function holderOf(folder) {
  try {
    return Number(readFileSync(join(folder, 'holder'), 'utf8'));
  } catch {
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - made < 10_000 ? process.pid : null;
  }
}

function isAlive(id) {
  if (id === null) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
