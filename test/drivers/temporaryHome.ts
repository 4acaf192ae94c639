/** A home folder for one test, removed when the test has ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}
