/** The Node 24 that tests run on: named or fetched once through npm, and never another than the one that was meant. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTool } from './load';

interface Found {
  executable?: string;
  version?: string;
  problem?: string;
}
type FindNode24 = (options: Record<string, unknown>) => Found;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-node24-'));
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function program(file: string, lines: string): string {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** An npm that brings this archive, and notes each time. */
function npmThatBrings(says: string): string {
  program(join(folder, 'package', 'bin', 'node'), `echo ${says}`);
  const archive = join(folder, 'archive.tgz');
  spawnSync('tar', ['-czf', archive, '-C', folder, 'package']);
  const lines = `echo asked >> '${folder}/asked'\nfor to; do :; done\ncp '${archive}' "$to/carrier-24.1.0.tgz"`;
  program(join(folder, 'programs', 'npm'), lines);
  vi.stubEnv('PATH', `${join(folder, 'programs')}${delimiter}${process.env['PATH'] ?? ''}`);
  return `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
}

async function find(integrity: string, more: Record<string, unknown> = {}): Promise<Found> {
  const { findNode24 } = await loadTool<{ findNode24: FindNode24 }>('runtime/node24.mjs');
  const source = { package: 'carrier', version: '24.1.0', integrity };
  return findNode24({ cache: join(folder, 'cache'), environment: {}, platform: 'linux-x64', source, ...more });
}

describe.runIf(process.platform !== 'win32')('a Node 24', () => {
  it('is fetched once and then lies in the cache', async () => {
    const integrity = npmThatBrings('v24.1.0');
    const first = await find(integrity);
    expect(first).toMatchObject({ version: '24.1.0' });
    expect(await find(integrity)).toEqual(first);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('asked\n');
    expect(readdirSync(join(folder, 'cache'))).toEqual(['node-24.1.0-linux-x64']);
  });

  it('that is another file than the one that was meant is never run', async () => {
    npmThatBrings('v24.1.0');
    expect((await find('sha512-other')).problem).toContain('its checksum differs');
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('that cannot be fetched is missed in one sentence with a way out', async () => {
    npmThatBrings('v24.1.0');
    program(join(folder, 'programs', 'npm'), 'echo no way to the registry >&2; exit 1');
    const { problem } = await find('sha512-other');
    expect(problem).toMatch(/^Node 24 could not be set up: .*no way to the registry.*NETLOOM_NODE24\.$/);
    expect((await find('sha512-other', { platform: 'sunos-x64' })).problem).toContain('sunos-x64');
  });

  it('may be named, and must be one', async () => {
    const [right, wrong] = ['v24.7.0', 'v20.20.0'].map((says) => program(join(folder, says), `echo ${says}`));
    expect(await find('', { environment: { NETLOOM_NODE24: right } })).toEqual({
      executable: right,
      version: '24.7.0',
    });
    expect((await find('', { environment: { NETLOOM_NODE24: wrong } })).problem).toContain('is "20.20.0"');
    expect((await find('', { environment: { NETLOOM_NODE24: '/nowhere' } })).problem).toContain('does not run');
  });
});
